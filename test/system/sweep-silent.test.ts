import { afterAll, beforeAll, expect, it } from 'vitest';
import { dayAfter, dayOf, startOf } from '../../src/domain/reconciliation/day.ts';
import { plantPairs, wrongOnes } from '../support/sweep-day.ts';
import { startRig, type Rig } from '../support/rig.ts';
import { runSweep } from '../support/sweeping.ts';

const day = dayAfter(dayOf(Date.now() / 1000), -5);

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig.close());

it('a payment that never answers is left to a person, and the sweep finds the others', async () => {
  const [silent, lost] = [wrongOnes(startOf(day)), wrongOnes(startOf(day))].map((pairs) =>
    pairs.filter(({ name }) => name === 'paid_there'),
  );
  await plantPairs(rig, silent ?? [], { sleeps: true });
  await plantPairs(rig, lost ?? []);
  const report = await runSweep(rig, day);
  expect(report).toMatchObject({ incomplete: null, counts: { unreadable: 1, paid_there: 1 } });
  expect(report.findings.map(({ kind, referenceId }) => `${kind} ${referenceId}`).sort()).toEqual([
    `paid_there ${lost?.[0]?.referenceId ?? ''}`,
    `unreadable ${silent?.[0]?.referenceId ?? ''}`,
  ]);
}, 90_000);
