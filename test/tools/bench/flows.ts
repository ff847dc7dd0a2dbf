import { startBuiltProcess, startIngressProcess, startWorkerProcess } from '../../support/built-process.ts';
import { freePort } from '../../support/whole-product.ts';
import { createPayer, startReceiver, type Payer } from './flow.ts';
import { benchSettings, startBenchSandbox } from './product.ts';
import type { Stack } from './stack.ts';

/** A way in which orders are paid, and the processes that are its own. */
export interface Flow {
  readonly name: string;
  readonly payer: Payer;
  readonly pids: Readonly<Record<string, number>>;
}

const bare = 'test/tools/bench/bare';

/** The product and the bare flow, on one Temporal server and sandbox. */
export async function startFlows(stack: Stack): Promise<{ flows: Flow[]; stop: () => Promise<void> }> {
  const receiver = await startReceiver();
  const all = await benchSettings(stack, { OUTCOME_URL: receiver.url });
  const { settings, sandboxUrl, apiKey, privateKey } = all;
  const sandbox = await startBenchSandbox(all);
  const workers = {
    product: await startWorkerProcess(settings),
    bare: await startBuiltProcess({ name: 'worker', says: 'worker is polling', folder: bare }, settings),
  };
  const running = [sandbox, workers.product, workers.bare];
  const flows: Flow[] = [];
  for (const whose of ['bare', 'product'] as const) {
    const port = await freePort();
    const environment = { ...settings, PORT: String(port) };
    const ingress = await (whose === 'product'
      ? startIngressProcess(environment)
      : startBuiltProcess({ name: 'ingress', says: 'ingress is listening', folder: bare }, environment));
    running.push(ingress);
    const ingressUrl = `http://127.0.0.1:${port}`;
    flows.push({
      name: whose,
      payer: createPayer({ ingressUrl, sandboxUrl, privateKey, apiKey, arrival: receiver.arrival }),
      pids: { worker: workers[whose].pid, ingress: ingress.pid, sandbox: sandbox.pid },
    });
  }
  return {
    flows,
    async stop() {
      await Promise.all(flows.map(({ payer }) => payer.close()));
      for (const each of running.reverse()) await each.end('SIGTERM');
      receiver.close();
    },
  };
}
