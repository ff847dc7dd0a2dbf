import { once } from 'node:events';
import { createServer } from 'node:http';
import { sandboxApp } from './app.ts';
import { Platform, type Account } from './platform.ts';

export interface SandboxOptions {
  /** 0 picks a free one. */
  readonly port: number;
  readonly host?: string;
  readonly account: Account;
  /** Where browsers reach it, if not at the address it listens on. */
  readonly publicUrl?: string;
  /** Epoch milliseconds. */
  readonly now?: () => number;
  /** Unit of the linear retry: the Nth retry comes N units after the one before. */
  readonly callbackRetryMs?: number;
  readonly callbackTimeoutMs?: number;
  readonly defaultCallbackUrl?: string;
  readonly defaultLifetimeSeconds?: number;
}

export interface Sandbox {
  readonly url: string;
  close(): Promise<void>;
}

const expiryCheckMs = 1_000;

/** A Paytone of one's own, in memory, played from the platform's documents. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { port, host = '127.0.0.1', account, publicUrl, now = Date.now } = options;
  const platform = new Platform({
    account,
    now,
    callbackRetryMs: options.callbackRetryMs ?? 60_000,
    callbackTimeoutMs: options.callbackTimeoutMs ?? 10_000,
    defaultCallbackUrl: options.defaultCallbackUrl ?? null,
    defaultLifetimeSeconds: options.defaultLifetimeSeconds ?? 1_800,
  });
  const server = createServer(sandboxApp(platform));
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  const bound = typeof address === 'object' && address ? address.port : port;
  platform.url = publicUrl ?? `http://localhost:${bound}`;
  const expiry = setInterval(() => platform.invoices.expireAll(), expiryCheckMs);
  return {
    url: `http://127.0.0.1:${bound}`,
    async close() {
      clearInterval(expiry);
      await platform.callbacks.close();
      server.close();
      server.closeAllConnections();
    },
  };
}
