import { rmSync } from 'node:fs';
import { changedBuild } from '../../support/changed-build.ts';
import { reordered } from '../../support/changed-workflows.ts';

let built: Promise<string> | null = null;

/** The product in a version that asks in another order, so that no history of one replays under the other; made once. */
export function nextVersion(): Promise<string> {
  built ??= changedBuild([reordered]).then(({ tree }) => {
    process.once('exit', () => rmSync(tree, { recursive: true, force: true }));
    return tree;
  });
  return built;
}
