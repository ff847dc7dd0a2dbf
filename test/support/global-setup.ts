import { env, stdout } from 'node:process';
import type {} from 'vitest';
import type { TestProject } from 'vitest/node';

import { findTemporalProgram } from '../../src/dev/temporal-binaries.ts';
import { temporalCli, timeSkippingServer, type TemporalProgram } from '../../src/dev/temporal-program.ts';
import { plainClient } from './plain-client.ts';
import { bundleWorkflows } from './workflow-bundles.ts';
import { provisionNamespace } from '../../src/temporal/provisioning.ts';
import { startTemporalServer, type TemporalServer } from '../../src/dev/temporal-server.ts';
import { disconnect } from '../../src/temporal/connection.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** host:port of the development server that the whole run shares */
    temporalAddress: string;
    temporalCliPath: string;
    timeSkippingServerPath: string;
    /** Paths of the workflows' bundle: with the converters of production, and with the SDK's own. */
    workflowBundles: { readonly production: string; readonly plain: string };
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const temporalCliPath = await find(temporalCli);
  const timeSkippingServerPath = await find(timeSkippingServer);
  const { remove, ...bundles } = await bundleWorkflows();
  project.provide('workflowBundles', bundles);
  const server = await serverFor(temporalCliPath);
  await provision(server.address);
  project.provide('temporalAddress', server.address);
  project.provide('temporalCliPath', temporalCliPath);
  project.provide('timeSkippingServerPath', timeSkippingServerPath);
  return async () => {
    await server.stop();
    await remove();
  };
}

/** A server that is there (`npm run test:postgres`), or a development server of the run's own. */
async function serverFor(executable: string): Promise<TemporalServer> {
  const address = env['TEMPORAL_ADDRESS'];
  return address ? { address, stop: () => Promise.resolve() } : startTemporalServer({ executable });
}

export async function provision(address: string): Promise<void> {
  const client = plainClient(address);
  await provisionNamespace(client, 'nobody');
  await disconnect(client);
}

async function find(program: TemporalProgram): Promise<string> {
  const { path, way } = await findTemporalProgram(program, { environment: env, onProgress: print });
  print(`${program.name}: ${path} (${way})`);
  return path;
}

function print(line: string): void {
  stdout.write(`${line}\n`);
}
