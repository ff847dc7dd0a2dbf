import { createServer } from 'node:http';
import { once } from 'node:events';

export interface AdminOptions {
  /** The address on which it listens. */
  readonly host: string;
  /** 0 picks a free port. */
  readonly port: number;
  /** Whether the process can do its work now; absent: as soon as it listens. */
  readonly isReady?: () => boolean | Promise<boolean>;
  /** Prometheus text. */
  readonly metrics: () => Promise<string>;
}

/** `GET /livez`, `/readyz` and `/metrics` of a process (docs/contract.md §1). */
export async function startAdminServer({ host, port, isReady = () => true, metrics }: AdminOptions) {
  const answer = async (path: string): Promise<readonly [number, string]> => {
    if (path === '/livez') return [200, 'ok\n'];
    if (path === '/readyz') return (await isReady()) ? [200, 'ready\n'] : [503, 'not ready\n'];
    if (path === '/metrics') return [200, await metrics()];
    return [404, 'not found\n'];
  };
  const server = createServer((request, response) => {
    answer((request.url ?? '/').split('?')[0] ?? '/').then(
      ([status, body]) =>
        response.writeHead(status, { 'content-type': 'text/plain; version=0.0.4' }).end(body),
      () => response.writeHead(500).end('failed\n'),
    );
  });
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    close(): void {
      server.close();
      server.closeAllConnections();
    },
  };
}
