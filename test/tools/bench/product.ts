import { startIngressProcess, startSandboxProcess, startWorkerProcess } from '../../support/built-process.ts';
import { sandboxControl } from '../../support/sandbox-control.ts';
import { freePort } from '../../support/whole-product.ts';
import type { Stack } from './stack.ts';

const apiKey = 'bench-key';
const privateKey = 'sk_test_bench';

/** What all processes of a bench are told; `more` wins. */
export async function benchSettings({ address }: Pick<Stack, 'address'>, more: Record<string, string>) {
  const sandboxPort = await freePort();
  const sandboxUrl = `http://127.0.0.1:${sandboxPort}`;
  return {
    apiKey,
    privateKey,
    sandboxPort,
    sandboxUrl,
    settings: {
      TEMPORAL_ADDRESS: address,
      PAYTONE_URL: sandboxUrl,
      PAYTONE_ACCOUNT_ID: 'coma_bench',
      PAYTONE_PRIVATE_KEY: privateKey,
      PAYTONE_PUBLIC_KEY: 'pk_test_bench',
      PUBLIC_URL: 'http://127.0.0.1:1',
      ORDER_API_KEYS: `bench=${apiKey}`,
      ORDER_API_RATE_LIMIT: '10000000',
      OUTCOME_SECRETS: `whsec_${Buffer.from('bench-bench-bench-bench-bench-1').toString('base64')}`,
      ADMIN_PORT: '0',
      ...more,
    },
  };
}

/** A sandbox in a process of its own, which leaves the callbacks to the bench, so that they can be timed. */
export async function startBenchSandbox({
  settings,
  sandboxPort,
  sandboxUrl,
}: Awaited<ReturnType<typeof benchSettings>>) {
  const sandbox = await startSandboxProcess({
    ...settings,
    PORT: String(sandboxPort),
    PUBLIC_URL: sandboxUrl,
  });
  await sandboxControl(sandboxUrl).callbacks({ mode: 'drop' });
  return sandbox;
}

/** One worker, one ingress and the sandbox. */
export async function startProduct(
  stack: Stack,
  more: Record<string, string>,
  nodeFor: (name: 'worker' | 'ingress') => readonly string[] = () => [],
) {
  const all = await benchSettings(stack, more);
  const { settings, sandboxUrl } = all;
  const port = await freePort();
  const sandbox = await startBenchSandbox(all);
  const worker = await startWorkerProcess(settings, { node: nodeFor('worker') });
  const ingress = await startIngressProcess(
    { ...settings, PORT: String(port) },
    { node: nodeFor('ingress') },
  );
  const control = sandboxControl(sandboxUrl);
  return {
    apiKey,
    privateKey,
    settings,
    sandboxUrl,
    ingressUrl: `http://127.0.0.1:${port}`,
    worker,
    ingress,
    /** Empty where there is none yet. */
    invoiceOf: async (orderId: string): Promise<string> => (await control.invoices(orderId))[0]?.id ?? '',
    async stop() {
      for (const each of [ingress, worker, sandbox]) await each.end('SIGTERM');
    },
  };
}
