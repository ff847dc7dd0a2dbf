import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleWorkflowCode, type WorkflowBundle } from '@temporalio/worker';
import { root } from './histories.ts';

const quiet = { info() {}, warn() {}, error() {}, debug() {}, trace() {}, log() {} };

export interface Edit {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** Another order of steps: asks by reference before it asks by id. */
export const reordered: Edit = {
  file: 'workflows/payment/perform.ts',
  from: 'const byId = watched.seen &&',
  to: 'await askByReference(subject, watched);\n  const byId = watched.seen &&',
};

/** The workflows as they stand in a folder. */
export const bundleOptionsOf = (folder: string) => ({
  workflowsPath: join(folder, 'workflows/index.ts'),
  workflowInterceptorModules: [join(folder, 'workflows/tracing.ts')],
  logger: quiet,
});

export const bundleOf = (folder: string): Promise<WorkflowBundle> =>
  bundleWorkflowCode(bundleOptionsOf(folder));

/** The workflows as they would be after some edits, bundled; `added`: new files by their paths. */
export async function changedBundle(
  edits: readonly Edit[],
  added: Readonly<Record<string, string>> = {},
): Promise<WorkflowBundle> {
  // Inside the project, so that its packages are found.
  await mkdir(join(root, '.cache'), { recursive: true });
  const copy = await mkdtemp(join(root, '.cache/changed-'));
  for (const room of ['workflows', 'activities', 'src/domain'])
    await cp(join(root, room), join(copy, room), { recursive: true });
  for (const [path, text] of Object.entries(added)) await writeFile(join(copy, path), text);
  for (const { file, from, to } of edits) {
    const text = await readFile(join(copy, file), 'utf8');
    if (text.split(from).length !== 2) throw new Error(`${file} does not hold exactly once: ${from}`);
    await writeFile(
      join(copy, file),
      text.replace(from, () => to),
    );
  }
  const bundle = await bundleOf(copy);
  await rm(copy, { recursive: true });
  return bundle;
}
