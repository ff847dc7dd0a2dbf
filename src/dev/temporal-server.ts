import { TestWorkflowEnvironment, type DevServerConfig } from '@temporalio/testing';

export interface TemporalServerOptions extends Pick<
  DevServerConfig,
  'namespace' | 'port' | 'uiPort' | 'dbFilename' | 'searchAttributes' | 'extraArgs'
> {
  /** path of the Temporal CLI */
  executable: string;
}

export interface TemporalServer {
  /** host:port */
  address: string;
  /** resolves once the server's process is gone */
  stop(): Promise<void>;
}

/** Starts a development server on loopback: in memory without `dbFilename`, with its web UI on `uiPort` if given. */
export async function startTemporalServer(options: TemporalServerOptions): Promise<TemporalServer> {
  const { executable, extraArgs = [], ...server } = options;
  const environment = await TestWorkflowEnvironment.createLocal({
    server: {
      ...server,
      ui: server.uiPort !== undefined,
      executable: { type: 'existing-path', path: executable },
      log: { format: 'pretty', level: 'error' },
      // Its banner would name ports that mean nothing to whoever runs the tests.
      extraArgs: ['--output', 'none', ...extraArgs],
    },
  });
  return { address: environment.address, stop: () => environment.teardown() };
}
