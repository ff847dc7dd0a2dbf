import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { changedBundle, type Edit } from './changed-workflows.ts';
import { root } from './histories.ts';

/** The product as it is built, with workflows changed by some edits; for processes that are started with `tree`. */
export async function changedBuild(edits: readonly Edit[]) {
  const bundle = await changedBundle(edits);
  if (!('code' in bundle)) throw new Error('a bundle without code');
  await mkdir(join(root, '.cache'), { recursive: true });
  const tree = await mkdtemp(join(root, '.cache/build-'));
  await cp(join(root, 'dist'), tree, { recursive: true });
  await writeFile(join(tree, 'workflow-bundle.js'), bundle.code);
  return { tree, remove: () => rm(tree, { recursive: true }) };
}
