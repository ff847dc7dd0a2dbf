import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';

import { assertPortFree } from '../../src/dev/ports.ts';

async function listen(host?: string): Promise<{ server: Server; port: number }> {
  const server = createServer();
  await once(server.listen({ port: 0, host }), 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { server, port };
}

it.each(['127.0.0.1', '0.0.0.0', undefined])('tells a port that is taken on %s', async (host) => {
  const { port } = await listen(host);
  await expect(assertPortFree(port, 'SHOP_PORT')).rejects.toThrow(
    `Port ${port} is in use: stop what listens there or set SHOP_PORT to another port.`,
  );
});

it('leaves a free port free', async () => {
  const { server, port } = await listen();
  server.close();
  await once(server, 'close');
  await assertPortFree(port, 'SHOP_PORT');
  await assertPortFree(port, 'SHOP_PORT');
});
