import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleWorkflowCode } from '@temporalio/worker';
import { failureConverterPath, payloadConverterPath } from '../../src/temporal/connection.ts';
import { bundleOptionsOf } from './changed-workflows.ts';
import { root } from './histories.ts';

/** Today's workflows, bundled once for all workers and replays of a run: each would take seconds of its own. */
export async function bundleWorkflows() {
  await mkdir(join(root, '.cache'), { recursive: true });
  const folder = await mkdtemp(join(root, '.cache/bundles-'));
  const write = async (name: string, converters: object): Promise<string> => {
    const { code } = await bundleWorkflowCode({ ...bundleOptionsOf(root), ...converters });
    const path = join(folder, name);
    await writeFile(path, code);
    return path;
  };
  return {
    /** With the converters of production. */
    production: await write('production.js', { failureConverterPath, payloadConverterPath }),
    /** With the SDK's own. */
    plain: await write('plain.js', {}),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
