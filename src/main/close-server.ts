import { once } from 'node:events';
import type { Server } from 'node:http';

/**
 * Ends once what was asked is answered, at the latest after `longestMs`: a connection on which nothing was ever asked is
 * not idle to Node, and once the server is closed none of its time limits holds any more.
 */
export async function closeServer(server: Server, longestMs: number): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const late = setTimeout(() => server.closeAllConnections(), longestMs);
  await closed;
  clearTimeout(late);
}
