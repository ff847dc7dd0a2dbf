import { execFile } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const patience = { tries: 60, ms: 500 };

/** Temporal asks after 3 minutes whether a version is drained; nobody wants to wait for that here. */
export const drainedAtOnce = [
  'VersionDrainageStatusRefreshInterval',
  'VersionDrainageStatusVisibilityGracePeriod',
].flatMap((key) => ['--dynamic-config-value', `matching.wv.${key}="1s"`]);

interface Temporal {
  /** Path of the command line. */
  readonly executable: string;
  readonly address: string;
}

/** A command about a version of the workers, as an operator types it; again while Temporal has not heard of the version. */
export const versionCommand =
  ({ executable, address }: Temporal) =>
  async (command: string, buildId: string, ...more: string[]): Promise<string> => {
    const version = ['--deployment-name', 'paytone-payments', '--build-id', buildId];
    const at = ['--address', address, '--namespace', 'default'];
    for (let tries = patience.tries; ; tries -= 1) {
      try {
        return (await run(executable, ['worker', 'deployment', command, ...version, ...at, ...more])).stdout;
      } catch (error) {
        if (tries <= 1) throw error;
        await pause(patience.ms);
      }
    }
  };
