import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Transform } from 'node:stream';

/** How a line is: as it should be, so many milliseconds late, or dead. */
export type Weather =
  { readonly kind: 'fair' } | { readonly kind: 'slow'; readonly ms: number } | { readonly kind: 'cut' };

/** A line between two processes, which can be slow and be cut: connections that are open, and those that come. */
export class Link {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #weather: Weather = { kind: 'fair' };

  /** `target`: the port to go to, anew for each connection; null where nobody listens. */
  constructor(target: () => number | null) {
    this.#server = createServer((socket) => {
      const port = target();
      if (port === null || this.#weather.kind === 'cut') return socket.destroy();
      const onward = connect(port, '127.0.0.1');
      for (const [from, to] of [
        [socket, onward],
        [onward, socket],
      ] as const) {
        this.#sockets.add(from);
        from.on('error', () => undefined);
        from.on('close', () => {
          this.#sockets.delete(from);
          to.destroy();
        });
        from.pipe(this.#delay()).pipe(to);
      }
      return undefined;
    });
  }

  async listen(): Promise<number> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return (this.#server.address() as AddressInfo).port;
  }

  set weather(weather: Weather) {
    this.#weather = weather;
    if (weather.kind === 'cut') this.#cut();
  }

  close(): void {
    this.#server.close();
    this.#cut();
  }

  #cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  #delay(): Transform {
    return new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        const { kind, ms } = { ms: 0, ...this.#weather };
        if (kind === 'slow') setTimeout(() => done(null, chunk), ms);
        else done(null, chunk);
      },
    });
  }
}
