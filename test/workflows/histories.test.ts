import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker, type WorkflowBundle } from '@temporalio/worker';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporalConfig } from '../../src/config/config.ts';
import { dataConverterFor } from '../../src/temporal/connection.ts';
import { bundleOf, changedBundle, reordered } from '../support/changed-workflows.ts';
import { payloadKey, recordedHistories, root, type RecordedHistory } from '../support/histories.ts';
import { silentSinks } from '../support/silent-sinks.ts';

const dataConverter = dataConverterFor(
  temporalConfig({ TEMPORAL_ADDRESS: 'nowhere:1', PAYLOAD_KEYS: payloadKey }),
);

/** What does not replay, and why. */
async function faults(workflowBundle: WorkflowBundle, histories: readonly RecordedHistory[]) {
  const named = histories.map(({ version, name, history }) => ({
    workflowId: `${version}/${name}`,
    history,
  }));
  const found: { workflowId: string; error: string }[] = [];
  const results = Worker.runReplayHistories({ workflowBundle, dataConverter, sinks: silentSinks }, named);
  for await (const { workflowId, error } of results)
    if (error) found.push({ workflowId, error: `${error.name}: ${error.message}` });
  return found;
}

describe('histories of earlier versions', () => {
  let histories: readonly RecordedHistory[];
  beforeAll(async () => {
    histories = await recordedHistories();
  });
  const failing = async (bundle: WorkflowBundle) =>
    (await faults(bundle, histories)).map(({ workflowId }) => workflowId);

  it('hold every kind of payment', () => {
    const types = histories.map(
      ({ history }) => history.events?.[0]?.workflowExecutionStartedEventAttributes?.workflowType?.name,
    );
    expect(new Set(types)).toEqual(
      new Set(['payment', 'aftermath', 'unknownReference', 'dailySweep', 'scheduledSweep']),
    );
    expect(histories.length).toBeGreaterThanOrEqual(29);
  });

  it('replay against the workflows of today', async () => {
    expect(await faults(await bundleOf(root), histories)).toEqual([]);
  }, 60_000);

  it('fail where two steps change places', async () => {
    const failed = await faults(await changedBundle([reordered]), histories);
    expect(failed.map(({ workflowId }) => workflowId)).toContain('0.1.0/paid-by-callback');
    for (const { error } of failed) expect(error).toMatch(/DeterminismViolation|Nondeterminism/);
  }, 60_000);

  it('replay where the change is gated as the decision record shows, and not without the gate', async () => {
    const path = join(root, 'docs/adr/0008-running-workflows-are-changed-with-patches.md');
    const record = await readFile(path, 'utf8');
    const [versions = '', from = '', to = ''] = [...record.matchAll(/```ts\n(.*?)```/gs)].map(
      ([, code = '']) => code.trimEnd(),
    );
    const file = 'workflows/payment/perform.ts';
    const line = "import { measures } from '../measures.ts';\n";
    const imported = {
      file,
      from: line,
      to: `${line}import { looksBeforeCreating } from '../versions.ts';\n`,
    };
    const added = { 'workflows/versions.ts': versions };
    expect(await failing(await changedBundle([imported, { file, from, to }], added))).toEqual([]);
    const naked = { file, from, to: to.replace('looksBeforeCreating()', 'true') };
    expect(await failing(await changedBundle([imported, naked], added))).toContain(
      '0.1.0/open-awaiting-payment',
    );
  }, 90_000);
});
