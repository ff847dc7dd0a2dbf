import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { root } from '../support/histories.ts';

const run = promisify(execFile);
const fresh = Math.floor(Date.now() % 1_000_000_000);

/** In a process of its own, which lives in skipped time as a whole. */
async function simulate(...words: string[]): Promise<string> {
  const script = join(root, 'test/simulation/simulate.ts');
  const node = ['--conditions=source', '--import', 'tsx', script, '--unkept', ...words];
  const { stdout } = await run(process.execPath, node, { cwd: root, maxBuffer: 10_000_000 }).catch(
    (error: unknown) => {
      if (error instanceof Error && 'stdout' in error) return { stdout: String(error.stdout) };
      throw error;
    },
  );
  return stdout;
}

describe.concurrent('payments by seed, in real workflows and skipped time', () => {
  it('break no rule in a fixed set', async () => {
    expect(await simulate('--workflow', '6', '--seed', '0', '--lane', '0')).toContain('violations    0');
  }, 600_000);

  it(`break no rule in a fresh set from seed ${fresh}`, async () => {
    const output = await simulate('--workflow', '4', '--seed', String(fresh), '--lane', '1');
    expect(output).toContain('violations    0');
  }, 600_000);
});
