import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleWorkflowCode, Worker, type WorkflowBundle } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporalConfig } from '../../src/config.ts';
import { dataConverterFor } from '../../src/temporal/connection.ts';
import { payloadKey, recordedHistories, root, type RecordedHistory } from '../support/histories.ts';

const dataConverter = dataConverterFor(
  temporalConfig({ TEMPORAL_ADDRESS: 'nowhere:1', PAYLOAD_KEYS: payloadKey }),
);
const quiet = { info() {}, warn() {}, error() {}, debug() {}, trace() {}, log() {} };

/** The workflows as they stand in a folder, bundled. */
const bundle = (folder: string): Promise<WorkflowBundle> =>
  bundleWorkflowCode({ workflowsPath: join(folder, 'workflows/index.ts'), logger: quiet });

/** What does not replay, and why. */
async function faults(workflowBundle: WorkflowBundle, histories: readonly RecordedHistory[]) {
  const named = histories.map(({ version, name, history }) => ({
    workflowId: `${version}/${name}`,
    history,
  }));
  const found: { workflowId: string; error: string }[] = [];
  const results = Worker.runReplayHistories({ workflowBundle, dataConverter }, named);
  for await (const { workflowId, error } of results)
    if (error) found.push({ workflowId, error: `${error.name}: ${error.message}` });
  return found;
}

describe('histories of earlier versions', () => {
  let histories: readonly RecordedHistory[];
  beforeAll(async () => {
    histories = await recordedHistories();
  });

  it('hold every kind of payment', () => {
    const types = histories.map(
      ({ history }) => history.events?.[0]?.workflowExecutionStartedEventAttributes?.workflowType?.name,
    );
    expect(new Set(types)).toEqual(new Set(['payment', 'aftermath', 'dailySweep', 'scheduledSweep']));
    expect(histories.length).toBeGreaterThanOrEqual(28);
  });

  it('replay against the workflows of today', async () => {
    expect(await faults(await bundle(root), histories)).toEqual([]);
  }, 60_000);

  describe('against changed workflows', () => {
    let copy: string;
    beforeAll(async () => {
      // Inside the project, so that its packages are found.
      await mkdir(join(root, '.cache'), { recursive: true });
      copy = await mkdtemp(join(root, '.cache/changed-'));
    });
    afterAll(() => rm(copy, { recursive: true }));

    async function change(edits: readonly { file: string; from: string; to: string }[], versions = '') {
      await Promise.all(
        ['workflows', 'activities', 'src/domain'].map((room) =>
          cp(join(root, room), join(copy, room), { recursive: true }),
        ),
      );
      if (versions !== '') await writeFile(join(copy, 'workflows/versions.ts'), versions);
      for (const { file, from, to } of edits) {
        const text = await readFile(join(copy, file), 'utf8');
        expect(text.split(from)).toHaveLength(2);
        await writeFile(
          join(copy, file),
          text.replace(from, () => to),
        );
      }
      return bundle(copy);
    }

    it('fail where two steps change places', async () => {
      const swapped = await change([
        {
          file: 'workflows/watching.ts',
          from: "if (!seen) return await askByReference(referenceId, 'nothing');",
          to: "await askByReference(referenceId, 'nothing');\n    if (!seen) return { kind: 'nothing' };",
        },
      ]);
      const failed = await faults(swapped, histories);
      expect(failed.map(({ workflowId }) => workflowId)).toContain('0.1.0/paid-by-callback');
      expect(failed[0]?.error).toMatch(/DeterminismViolation|Nondeterminism/);
    }, 60_000);

    it('replay where the change is gated as the decision record shows, and not without the gate', async () => {
      const record = await readFile(
        join(root, 'docs/adr/0008-running-workflows-are-changed-with-patches.md'),
        'utf8',
      );
      const [versions = '', from = '', to = ''] = [...record.matchAll(/```ts\n(.*?)```/gs)].map(
        ([, code = '']) => code.trimEnd(),
      );
      const file = 'workflows/creating.ts';
      const imported = "import type { PaymentRun } from './run.ts';\n";
      const edits = [
        { file, from: imported, to: `${imported}import { looksBeforeCreating } from './versions.ts';\n` },
      ];
      const gated = await change([...edits, { file, from, to }], versions);
      expect(await faults(gated, histories)).toEqual([]);
      const naked = await change(
        [...edits, { file, from, to: to.replace('looksBeforeCreating()', 'true') }],
        versions,
      );
      expect((await faults(naked, histories)).map(({ workflowId }) => workflowId)).toContain(
        '0.1.0/open-awaiting-payment',
      );
    }, 90_000);
  });
});
