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

const startOf = ({ history }: RecordedHistory) =>
  history.events?.[0]?.workflowExecutionStartedEventAttributes;

/** What does not replay, and why: under the ids that it ran under, to which encrypted payloads are bound. */
async function faults(workflowBundle: WorkflowBundle, histories: readonly RecordedHistory[]) {
  const names = new Map(
    histories.map((it) => [startOf(it)?.originalExecutionRunId, `${it.version}/${it.name}`]),
  );
  const given = histories.map((it) => ({ workflowId: startOf(it)?.workflowId ?? '', history: it.history }));
  const found: { name: string; error: string }[] = [];
  const results = Worker.runReplayHistories({ workflowBundle, dataConverter, sinks: silentSinks }, given);
  for await (const { runId, error } of results)
    if (error) found.push({ name: names.get(runId) ?? runId, error: `${error.name}: ${error.message}` });
  return found;
}

describe('histories of earlier versions', () => {
  let histories: readonly RecordedHistory[];
  beforeAll(async () => {
    histories = await recordedHistories();
  });
  const failing = async (bundle: WorkflowBundle) => (await faults(bundle, histories)).map(({ name }) => name);

  it('hold every kind of payment', () => {
    const types = histories.map((it) => startOf(it)?.workflowType?.name);
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
    expect(failed.map(({ name }) => name)).toContain('0.1.0/paid-by-callback');
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
