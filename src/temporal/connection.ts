import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { abandonedCalls, callWithin } from './deadline.ts';
import { EncryptionCodec, type PayloadKey } from './payload-codec.ts';
import { clientTracing } from './trace-headers.ts';

export interface TemporalTarget {
  readonly address: string;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Keys of the payloads (`PAYLOAD_KEYS`); without any they are stored in clear. */
  readonly payloadKeys: readonly PayloadKey[];
}

/** Part of the bundle that is made ahead, for workers with keys and without. */
export const failureConverterPath = fileURLToPath(new URL('./failure-converter.cjs', import.meta.url));

/** Part of the bundle, too. */
export const payloadConverterPath = fileURLToPath(new URL('./payload-converter.cjs', import.meta.url));

/** The same for a worker, whom nothing that comes from outside may stop. */
export const workerConverterFor = ({ payloadKeys }: Pick<TemporalTarget, 'payloadKeys'>) => ({
  payloadConverterPath,
  ...(payloadKeys.length > 0 && {
    payloadCodecs: [new EncryptionCodec(payloadKeys, { isOfWorker: true })],
    failureConverterPath,
  }),
});

/** How payloads and failures are written and read; client and worker must agree. */
export const dataConverterFor = ({ payloadKeys }: Pick<TemporalTarget, 'payloadKeys'>) =>
  payloadKeys.length > 0 ? { payloadCodecs: [new EncryptionCodec(payloadKeys)], failureConverterPath } : {};

/** Connection options of the SDK's standard environment (TLS, API key), which worker and client share. */
export function connectionOptionsFor({ address, environment }: TemporalTarget) {
  const { connectionOptions } = loadClientConnectConfig({
    overrideEnvVars: { ...environment },
    disableFile: true,
  });
  return { ...connectionOptions, address };
}

/** Connects on first use, so that a process can start, and say that it is not ready, while Temporal is away. */
export function connectLazily(target: TemporalTarget): Client {
  const connection = Connection.lazy({ ...connectionOptionsFor(target), connectTimeout: '3 seconds' });
  // A payment that is over is read from its result: no query may wake a worker to replay it.
  return new Client({
    connection,
    namespace: target.namespace,
    dataConverter: dataConverterFor(target),
    workflow: { queryRejectCondition: 'NOT_OPEN' },
    interceptors: { workflow: [clientTracing] },
  });
}

/** Closes a client's connection once the calls that nobody waits for any more are over: none may find it closed. */
export async function disconnect({ connection }: Client): Promise<void> {
  await abandonedCalls();
  await connection.close();
}

/** Whether Temporal answers within 2 s. */
export async function isReachable(client: Client): Promise<boolean> {
  try {
    const { namespace } = client.options;
    await callWithin(client, 2_000, () => client.workflowService.describeNamespace({ namespace }));
    return true;
  } catch {
    return false;
  }
}
