import { stdout } from 'node:process';
import { setTimeout } from 'node:timers/promises';
import { fetch } from 'undici';
import { startSandbox } from '../../../src/sandbox/sandbox.ts';
import { startIngressProcess, startWorkerProcess } from '../../support/built-process.ts';
import { provision } from '../../support/global-setup.ts';
import { startOutcomeReceiver } from '../../support/outcome-receiver.ts';
import { sandboxControl } from '../../support/sandbox-control.ts';
import { freePort } from '../../support/whole-product.ts';

const key = 'key-of-the-drill';
const outcomeSecret = 'whsec_ZHJpbGwtZHJpbGwtZHJpbGwtZHJpbGwtZHJpbGw=';
const account = { id: 'coma_drill', privateKey: 'sk_test_drill', publicKey: 'pk_test_drill' };
const began = Date.now();

export const say = (line: string): void =>
  void stdout.write(`${String(Math.round((Date.now() - began) / 1000)).padStart(4)} s  ${line}\n`);

export const named = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${name}${index}`);

/** Repeats a look until it shows what is hoped for. */
export async function until(what: string, isTrue: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 120_000; Date.now() < end; await setTimeout(250)) if (await isTrue()) return;
  throw new Error(`after two minutes still not: ${what}`);
}

type Process = Awaited<ReturnType<typeof startWorkerProcess>>;

/** The product as production runs it, in built processes, before a Temporal that is there; the platform is the sandbox. */
export async function startProduct(address: string, settings: Readonly<Record<string, string>> = {}) {
  await provision(address);
  const sandbox = await startSandbox({ port: 0, account, callbackRetryMs: 500 });
  const control = sandboxControl(sandbox.url);
  const receiver = await startOutcomeReceiver(outcomeSecret);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const environment = {
    TEMPORAL_ADDRESS: address,
    PAYTONE_URL: sandbox.url,
    PAYTONE_ACCOUNT_ID: account.id,
    PAYTONE_PRIVATE_KEY: account.privateKey,
    PAYTONE_PUBLIC_KEY: account.publicKey,
    PUBLIC_URL: url,
    PORT: String(port),
    OUTCOME_URL: receiver.url,
    OUTCOME_SECRETS: outcomeSecret,
    ORDER_API_KEYS: `drill=${key}`,
    POLL_SCHEDULE_SECONDS: '3',
    ADMIN_PORT: '0',
    ...settings,
  };
  const running = new Set<Process>();
  const started = async (process: Promise<Process>): Promise<Process> => {
    running.add(await process);
    return process;
  };
  const call = async (method: 'GET' | 'PUT', orderId: string) => {
    const terms = { amount: { value: '100.55', currency: 'USD' }, service: 'payment_card_usd_hpp' };
    const answer = await fetch(`${url}/v1/payments/${orderId}`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(method === 'PUT' && { body: JSON.stringify(terms) }),
    });
    const body = (await answer.json()) as { status: string | number };
    return body;
  };
  return {
    environment,
    sandbox: control,
    outcomes: receiver,
    startWorker: (buildId = '') => started(startWorkerProcess({ ...environment, WORKER_BUILD_ID: buildId })),
    /** A worker of other workflows than today's: a built tree of its own. */
    startWorkerOf: (tree: string, buildId: string) =>
      started(startWorkerProcess({ ...environment, WORKER_BUILD_ID: buildId }, { tree })),
    startIngress: () => started(startIngressProcess(environment)),
    async end(process: Process, signal: 'SIGKILL' | 'SIGTERM' = 'SIGTERM'): Promise<void> {
      running.delete(process);
      await process.end(signal);
    },
    start: async (orders: readonly string[]): Promise<void> => {
      for (const orderId of orders)
        await until(
          `${orderId} waits`,
          async () => (await call('PUT', orderId)).status === 'awaiting_payment',
        );
    },
    again: (orderId: string) => call('PUT', orderId),
    /** A status of a payment, or that of a problem. */
    statusOf: async (orderId: string) => (await call('GET', orderId)).status,
    pay: async (orders: readonly string[]): Promise<void> => {
      for (const orderId of orders) {
        const [invoice] = await control.invoices(orderId);
        await control.setStatus(invoice?.id ?? '', 'processed');
      }
    },
    /** How many of the orders stand as `paid`, told exactly as often as said; an answer may lag behind its outcome. */
    async paid(orders: readonly string[], told = 1): Promise<number> {
      const isPaid = async (orderId: string): Promise<boolean> =>
        (await call('GET', orderId)).status === 'paid' && receiver.of(orderId).length === told;
      let count = 0;
      for (const end = Date.now() + 20_000; count < orders.length && Date.now() < end;) {
        count = 0;
        for (const orderId of orders) if (await isPaid(orderId)) count += 1;
      }
      return count;
    },
    async close(): Promise<void> {
      for (const process of running) await process.end('SIGKILL');
      receiver.close();
      await sandbox.close();
    },
  };
}
