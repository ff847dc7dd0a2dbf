import { parseArgs } from 'node:util';
import { findDefects, replayDomain, simulateDomain } from './commands/domain.ts';
import { writeEvidence } from './commands/evidence.ts';
import { say } from './commands/pool.ts';
import { simulateProcesses } from './commands/processes.ts';
import { keepNothing } from './commands/records.ts';
import { simulateWorkflow } from './commands/workflow.ts';

const usage = `npm run simulate -- --domain N [--seed S] [--defect NAME]     plays the payments of N seeds from S on by the rules alone
npm run simulate -- --workflow N [--seed S] [--lane 0|1]     plays them in real workflows and skipped time
npm run simulate -- --processes N [--seed S]                 plays them before real processes that are killed
npm run simulate -- --seed S                                 plays one by the rules alone and shows it
npm run simulate -- --defects                                has each planted defect found
npm run simulate -- --nightly                                all of it, at the length of a night; then --evidence
npm run simulate -- --evidence                               writes docs/evidence.md from the runs that were made
--unkept: the run is no evidence`;

const { values: asked } = parseArgs({
  options: {
    domain: { type: 'string' },
    workflow: { type: 'string' },
    processes: { type: 'string' },
    seed: { type: 'string' },
    lane: { type: 'string' },
    defect: { type: 'string' },
    defects: { type: 'boolean', default: false },
    evidence: { type: 'boolean', default: false },
    nightly: { type: 'boolean', default: false },
    unkept: { type: 'boolean', default: false },
  },
});

const defect = asked.defect ?? null;
const from = Number(asked.seed ?? Date.now() % 1_000_000_000);

if (asked.unkept) keepNothing();

if (asked.defects) await findDefects();
else if (asked.evidence) await writeEvidence();
else if (asked.nightly) await simulateNightly();
else if (asked.domain !== undefined) await simulateDomain({ from, count: Number(asked.domain) }, defect);
else if (asked.workflow !== undefined)
  await simulateWorkflow(
    { from, count: Number(asked.workflow) },
    asked.lane === undefined ? null : Number(asked.lane),
  );
else if (asked.processes !== undefined) await simulateProcesses({ from, count: Number(asked.processes) });
else if (asked.seed !== undefined) replayDomain(from, defect);
else say(usage);

/** The figures that a release has to show. */
async function simulateNightly(): Promise<void> {
  await findDefects();
  await simulateDomain({ from, count: 100_000 }, null);
  await simulateWorkflow({ from, count: 1_000 }, null);
  await simulateProcesses({ from, count: 60 });
  await writeEvidence();
}
