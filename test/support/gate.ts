import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to a server of 127.0.0.1 that can be shut, as when a network fails. */
export async function startGate(port: number) {
  const open = new Set<Socket>();
  let shut = false;
  const server = createServer((near) => {
    if (shut) return void near.destroy();
    const far = connect(port, '127.0.0.1');
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one
        .on('error', () => undefined)
        .on('close', () => {
          open.delete(one);
          other.destroy();
        });
      one.pipe(other);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    shut(): void {
      shut = true;
      for (const socket of open) socket.destroy();
    },
    open: (): void => void (shut = false),
    close(): void {
      this.shut();
      server.close();
    },
  };
}
