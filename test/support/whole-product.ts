import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { env } from 'node:process';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Below the ephemeral range, where a client that calls a stopped server may come to occupy its port itself. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    const server = createServer();
    const listening = once(server, 'listening').then(
      () => true,
      () => false,
    );
    server.listen(port);
    if (!(await listening)) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
}

/** `npm start` as a person types it, on ports of its own; ready when it has printed its addresses. */
export async function startWholeProduct(cliPath: string, more: Record<string, string> = {}) {
  const names = [
    'PORT',
    'SHOP_PORT',
    'SANDBOX_PORT',
    'TEMPORAL_PORT',
    'TEMPORAL_UI_PORT',
    'CODEC_PORT',
  ] as const;
  const ports = {} as Record<(typeof names)[number], number>;
  for (const name of names) ports[name] = await freePort();
  const settings = Object.fromEntries(names.map((name) => [name, String(ports[name])]));
  const child = spawn('npm', ['start'], {
    cwd: root,
    // A group of its own, so that the test can press Ctrl-C for it alone.
    detached: true,
    env: { PATH: env['PATH'], HOME: env['HOME'], TEMPORAL_CLI_PATH: cliPath, ...settings, ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  const output: string[] = [];
  createInterface(child.stderr).on('line', (line) => output.push(line));
  const lines = createInterface(child.stdout);
  await new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => {
      output.push(line);
      if (line.includes('Ctrl-C stops everything')) resolve();
    });
    void exited.then(() => reject(new Error(`npm start ended:\n${output.join('\n')}`)));
  });
  const { pid = 0 } = child;
  return {
    ports,
    output,
    pid,
    shop: `http://localhost:${ports.SHOP_PORT}`,
    api: `http://localhost:${ports.PORT}`,
    sandbox: `http://localhost:${ports.SANDBOX_PORT}`,
    ui: `http://localhost:${ports.TEMPORAL_UI_PORT}`,
    codec: `http://localhost:${ports.CODEC_PORT}`,
    /** Ctrl-C: SIGINT to the whole group, as a terminal sends it. Resolves when npm has ended. */
    async stop(): Promise<void> {
      if (child.exitCode === null) process.kill(-pid, 'SIGINT');
      await exited;
    },
  };
}

export type WholeProduct = Awaited<ReturnType<typeof startWholeProduct>>;
