import { once } from 'node:events';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * How a server ends once every request that it accepted is answered; to be called before it listens. Node takes a
 * connection on which nothing was ever asked, as browsers and balancers open them ahead, for busy: those are closed at once.
 */
export function closing(server: Server): () => Promise<void> {
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
