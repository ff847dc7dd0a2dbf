import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import { expect, inject, it } from 'vitest';

import { assertPortFree } from '../../src/dev/ports.ts';
import { startTemporalServer } from '../../src/dev/temporal-server.ts';
import { temporaryFolder, writeExecutable } from './fake-program.ts';

async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** The CLI behind a script that leaves the process id. */
async function cliLeaving(pidFile: string): Promise<string> {
  const script = `#!/bin/sh\necho $$ > '${pidFile}'\nexec '${inject('temporalCliPath')}' "$@"\n`;
  return writeExecutable(`${pidFile}.sh`, script);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

it('serves the namespace, its search attributes and the web UI, and leaves nothing on stop', async () => {
  const [port, uiPort] = [await freePort(), await freePort()];
  const pidFile = join(await temporaryFolder(), 'pid');
  const server = await startTemporalServer({
    executable: await cliLeaving(pidFile),
    namespace: 'shop',
    port,
    uiPort,
    searchAttributes: [defineSearchAttributeKey('Mood', 'KEYWORD')],
  });
  const pid = Number(await readFile(pidFile, 'utf8'));
  try {
    expect(server.address).toBe(`127.0.0.1:${port}`);
    const connection = await Connection.connect({ address: server.address });
    const registered = await connection.operatorService.listSearchAttributes({ namespace: 'shop' });
    expect(Object.keys(registered.customAttributes)).toContain('Mood');
    await connection.close();
    await expect.poll(() => statusOf(`http://127.0.0.1:${uiPort}`)).toBe(200);
    expect(isAlive(pid)).toBe(true);
  } finally {
    await server.stop();
  }
  expect(isAlive(pid)).toBe(false);
  await assertPortFree(port, 'TEMPORAL_PORT');
  await assertPortFree(uiPort, 'TEMPORAL_UI_PORT');
});

it('is there for every test of the run', async () => {
  const connection = await Connection.connect({ address: inject('temporalAddress') });
  await connection.close();
});

async function statusOf(url: string): Promise<number> {
  return fetch(url).then(
    ({ status }) => status,
    () => 0,
  );
}
