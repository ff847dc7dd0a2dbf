import { once } from 'node:events';
import { createServer, type ListenOptions } from 'node:net';

/** Rejects with one sentence when something listens on the port; `setting` is the variable that moves it. */
export async function assertPortFree(port: number, setting: string): Promise<void> {
  // Loopback and all interfaces are two addresses: either may be taken while the other is free.
  for (const address of [{ port, host: '127.0.0.1' }, { port }]) {
    if (!(await canListen(address))) {
      throw new Error(`Port ${port} is in use: stop what listens there or set ${setting} to another port.`);
    }
  }
}

async function canListen(address: ListenOptions): Promise<boolean> {
  const server = createServer();
  try {
    await once(server.listen(address), 'listening');
  } catch {
    return false;
  }
  await new Promise((resolve) => server.close(resolve));
  return true;
}
