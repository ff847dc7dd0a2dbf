import { stdout } from 'node:process';
import { fileURLToPath } from 'node:url';
import { viewsOf } from '../codec-server/views.ts';
import { startCodecServer } from '../codec-server/server.ts';
import { codecConfig, ingressConfig, startConfig, workerConfig, type StartConfig } from '../config/config.ts';
import { composeIngress } from '../main/compose-ingress.ts';
import { composeWorker } from '../main/compose-worker.ts';
import { runProcess, StartError, type RunningProcess } from '../main/run-process.ts';
import { startSandbox } from '../sandbox/sandbox.ts';
import { connectLazily, disconnect, type TemporalTarget } from '../temporal/connection.ts';
import { EncryptionCodec } from '../temporal/payload-codec.ts';
import { logTemporalAs } from '../temporal/runtime.ts';
import { provisionNamespace } from '../temporal/provisioning.ts';
import { buildCommandLine } from './command-line.ts';
import { demoAccount, demoApiKey, demoCodecToken, demoPayloadKey, demoSettings } from './demo-settings.ts';
import { assertPortFree } from './ports.ts';
import { startShop } from './shop/shop.ts';
import { findTemporalProgram } from './temporal-binaries.ts';
import { temporalCli } from './temporal-program.ts';
import { startTemporalServer } from './temporal-server.ts';

const say = (line: string): void => void stdout.write(`${line}\n`);
const workflowsPath = fileURLToPath(new URL('../../workflows/index.ts', import.meta.url));

/** What was started, to be stopped in the opposite order. */
type Stops = (() => Promise<unknown>)[];

await runProcess({ name: 'start', level: 'warn' }, async (logger) => {
  logTemporalAs(logger);
  const config = startConfig();
  const { ports } = config;
  await assertPortsFree(config);
  const stops: Stops = [];
  const stop = async (): Promise<void> => {
    for (const each of stops.splice(0).reverse()) await each();
  };
  try {
    const address = config.temporalAddress ?? (await startTemporal(config, stops));
    const settings = { ...demoSettings(config), ...config.environment, TEMPORAL_ADDRESS: address };
    const worker = workerConfig(settings, { isDemo: true });
    await provision(worker.temporal);

    const sandbox = await startSandbox({
      port: ports.SANDBOX_PORT,
      account: demoAccount,
      defaultCallbackUrl: `http://localhost:${ports.PORT}/callbacks/paytone`,
    });
    stops.push(() => sandbox.close());
    const running = await composeWorker(worker, logger, { workflowsPath });
    stops.push(() => running.stop());
    const ingress = await composeIngress(ingressConfig(settings, { isDemo: true }), logger);
    stops.push(() => ingress.stop());
    const shop = await startShop({
      port: ports.SHOP_PORT,
      publicUrl: `http://localhost:${ports.SHOP_PORT}`,
      apiUrl: ingress.url,
      apiKey: demoApiKey,
      outcomeSecrets: worker.orderServices.endpointsOf('shop').flatMap(({ secrets }) => secrets),
    });
    stops.push(() => shop.close());
    const { payloadKeys, ...access } = codecConfig(settings, { isDemo: true });
    const codec = await startCodecServer({
      ...access,
      port: ports.CODEC_PORT,
      codec: new EncryptionCodec(payloadKeys),
      logger,
    });
    stops.push(() => codec.close());
    announce(config, worker.temporal);
    stops.push(buildCommandLine());
    return { finished: running.finished, reload: both(running.reload, ingress.reload), stop };
  } catch (error) {
    await stop();
    throw error;
  }
});

type Reload = RunningProcess['reload'];
/** One signal, whatever runs in this process. Hoisted: the call above comes before this line. */
function both(one: Reload, other: Reload): (() => void) | null {
  if (!one) return null;
  return () => {
    one();
    other?.();
  };
}

async function assertPortsFree({ ports, temporalAddress }: StartConfig): Promise<void> {
  for (const [name, port] of Object.entries(ports)) {
    if (temporalAddress !== undefined && name.startsWith('TEMPORAL')) continue;
    await assertPortFree(port, name).catch((error: unknown) => {
      throw new StartError(error instanceof Error ? error.message : `port ${port}`);
    });
  }
}

async function startTemporal({ ports, environment }: StartConfig, stops: Stops): Promise<string> {
  const found = await findTemporalProgram(temporalCli, { environment, onProgress: say }).catch(
    (error: unknown) => {
      throw new StartError(error instanceof Error ? error.message : 'no Temporal server');
    },
  );
  const server = await startTemporalServer({
    executable: found.path,
    port: ports.TEMPORAL_PORT,
    uiPort: ports.TEMPORAL_UI_PORT,
  });
  stops.push(() => server.stop());
  return server.address;
}

async function provision(target: TemporalTarget): Promise<void> {
  const client = connectLazily(target);
  await provisionNamespace(client, target.taskQueue);
  await disconnect(client);
}

/** Where the Temporal UI is ours, what operators look for in it. Hoisted: the call above comes before this line. */
function views(ui: string | null): string {
  return ui === null
    ? ''
    : viewsOf(ui, 'default')
        .map(({ name, url }) => `  ${name}\n    ${url}\n`)
        .join('');
}

function announce({ ports, temporalAddress }: StartConfig, { address }: TemporalTarget): void {
  const ui =
    temporalAddress === undefined ? `http://localhost:${ports.TEMPORAL_UI_PORT}` : `see ${temporalAddress}`;
  say(`
  Demo shop     http://localhost:${ports.SHOP_PORT}   buy something: this is the order service's side
  Temporal UI   ${ui}   one workflow an order; open a run and read its story
  Sandbox       http://localhost:${ports.SANDBOX_PORT}   plays Paytone: hosted page, test cards, control page
  Order API     http://localhost:${ports.PORT}/v1   Authorization: Bearer ${demoApiKey}
  Command line  TEMPORAL_ADDRESS=${address} PAYLOAD_KEYS=${demoPayloadKey} npx paytone-payments attention
  Codec server  http://localhost:${ports.CODEC_PORT}   log in with ${demoCodecToken}, and the UI shows what is encrypted

${views(temporalAddress === undefined ? ui : null)}
  Ctrl-C stops everything.
`);
}
