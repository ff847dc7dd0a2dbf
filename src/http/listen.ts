import { once } from 'node:events';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';

export interface Listening {
  readonly port: number;
  /** Takes no more requests; resolves once each that was accepted is answered. */
  readonly close: () => Promise<void>;
}

/** Listens on a port, 0 for a free one. */
export async function listen(server: Server, port: number): Promise<Listening> {
  const close = closing(server);
  server.listen(port);
  await once(server, 'listening');
  const address = server.address();
  return { port: typeof address === 'object' && address ? address.port : port, close };
}

/**
 * Node takes a connection on which nothing was ever asked, as browsers and balancers open them ahead, for busy: those are
 * closed at once.
 */
function closing(server: Server): () => Promise<void> {
  const silent = new Set<Socket>();
  server.on('connection', (socket) => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  server.on('request', ({ socket }) => silent.delete(socket));
  return async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeIdleConnections();
    for (const socket of silent) socket.destroy();
    await closed;
  };
}
