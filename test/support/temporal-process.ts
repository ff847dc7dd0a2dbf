import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fetch } from 'undici';
import { disconnect, isReachable } from '../../src/temporal/connection.ts';
import { plainClient } from './plain-client.ts';

/** Billable actions of the namespace so far, by the server's own metrics. */
export async function actionsAt(metricsPort: number): Promise<Record<string, number>> {
  const metrics = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  const actions: Record<string, number> = {};
  // One series a service that counts.
  for (const [, labels = '', count] of metrics.matchAll(/^action(?:_total)?\{([^}]*)\} (\d+)$/gm)) {
    const type = /action_type="([^"]+)"/.exec(labels)?.[1];
    if (type === undefined || !labels.includes('namespace="default"')) continue;
    actions[type] = (actions[type] ?? 0) + Number(count);
  }
  return actions;
}

/** A Temporal server of a test's own, which keeps its state in a file and can be stopped and started again. */
export async function startTemporalProcess(
  executable: string,
  {
    port,
    dbFilename,
    metricsPort,
    dynamicConfig = [],
  }: { port: number; dbFilename: string; metricsPort?: number; dynamicConfig?: readonly string[] },
) {
  const address = `127.0.0.1:${port}`;
  const arguments_ = [
    'server',
    'start-dev',
    '--headless',
    '--port',
    String(port),
    '--db-filename',
    dbFilename,
    ...(metricsPort === undefined ? [] : ['--metrics-port', String(metricsPort)]),
    ...dynamicConfig.flatMap((setting) => ['--dynamic-config-value', setting]),
  ];
  const child = spawn(executable, [...arguments_, '--log-level', 'never'], { stdio: 'ignore' });
  const exited = once(child, 'exit');
  const client = plainClient(address);
  while (!(await isReachable(client))) {
    if (child.exitCode !== null) throw new Error(`the Temporal server ended with ${child.exitCode}`);
  }
  await disconnect(client);
  return {
    address,
    pid: child.pid ?? 0,
    actions: () => actionsAt(metricsPort ?? 0),
    async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
      child.kill(signal);
      await exited;
    },
  };
}
