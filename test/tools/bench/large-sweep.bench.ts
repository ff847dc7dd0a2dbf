import { execFileSync } from 'node:child_process';
import { env, stdout } from 'node:process';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayAfter, dayOf, startOf } from '../../../src/domain/reconciliation/day.ts';
import { startRig, type Rig } from '../../support/rig.ts';
import { counted, plantPairs, rightOnes, wrongOnes } from '../../support/sweep-day.ts';
import { startSweep } from '../../support/sweeping.ts';
import { startWorkerProcess } from '../../support/built-process.ts';

const size = Number(env['SWEEP_INVOICES'] ?? 30_000);
const day = dayAfter(dayOf(Date.now() / 1000), -3);
const start = startOf(day);
const say = (line: string): void => void stdout.write(`${line}\n`);
const rssMiB = (pid: number): number =>
  Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;

/** Ten ways of being wrong, four times each. */
const kinds = [
  'paid_there',
  'paid_late',
  'missing_there',
  'paid_here',
  'other_amount',
  'partly_paid',
  'nobody',
  'refund_unseen',
  'chargeback_unseen',
  'ended_there',
];
const wrong = [0, 1, 2, 3].flatMap((round) =>
  wrongOnes(start + round * 10_000).filter(({ name = '' }) => kinds.includes(name)),
);
/** What a worker may grow by while it walks: its heap breathes; a list that was kept would be far more. */
const mostGrowthMiB = 64;

describe(`a day of ${size} invoices, forty of them wrong`, () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await startRig({}, { replayed: 0 });
    await rig.stopWorker();
  });
  afterAll(() => rig.close());

  const pagesRead = async (): Promise<number> => (await rig.sandbox.requests('invoice.list')).length;

  it('is swept in bounded memory by workers of which two are killed, and exactly the forty are found', async () => {
    expect(wrong).toHaveLength(40);
    const planting = performance.now();
    const right = rightOnes(size - 40, (index) => start + Math.floor((index * 86_399) / size), {
      plain: true,
    });
    // Payments that no worker is asked to run: listed by Temporal, never read.
    const invoices = await plantPairs(rig, right, { sleeps: true });
    let worker = await startWorkerProcess(rig.environment);
    invoices.push(...(await plantPairs(rig, wrong)));
    say(`planted ${invoices.length} invoices in ${((performance.now() - planting) / 1000).toFixed(0)} s`);

    const began = performance.now();
    const sweep = await startSweep(rig, day);
    const result = sweep.result();
    const killedAt = [Math.floor(size / 300), Math.floor(size / 150)];
    let memory: number[] = [];
    const growth: number[] = [];
    while ((await Promise.race([result, setTimeout(100)])) === undefined) {
      const pages = await pagesRead();
      memory.push(rssMiB(worker.pid));
      if (pages < (killedAt[0] ?? Infinity)) continue;
      killedAt.shift();
      growth.push(toldOf(memory, `killed after page ${pages}`));
      await worker.end('SIGKILL');
      worker = await startWorkerProcess(rig.environment);
      memory = [];
    }
    const report = await result;
    growth.push(toldOf(memory, 'to the end'));
    say(`${report.walked.pages} pages in ${((performance.now() - began) / 1000).toFixed(1)} s`);
    say(`found ${JSON.stringify(report.counts)}`);
    for (const { currency, total } of report.currencies) say(`${currency} ${JSON.stringify(total)}`);
    await worker.end('SIGTERM');

    expect(killedAt).toEqual([]);
    expect(Math.max(...growth)).toBeLessThan(mostGrowthMiB);
    expect(report.findings.map(({ kind, referenceId }) => `${kind} ${referenceId}`).sort()).toEqual(
      wrong.map(({ kind, referenceId }) => `${kind ?? ''} ${referenceId}`).sort(),
    );
    expect(report.currencies).toEqual(counted(invoices, start));
    expect(report).toMatchObject({ incomplete: null, walked: { read: invoices.length } });
  });

  /** By how much the last third of a walk stood above its second, in which the worker had warmed up. */
  function toldOf(memory: readonly number[], what: string): number {
    const third = Math.ceil(memory.length / 3);
    const mean = (some: readonly number[]) =>
      some.reduce((sum, it) => sum + it, 0) / Math.max(some.length, 1);
    const grown = mean(memory.slice(2 * third)) - mean(memory.slice(third, 2 * third));
    say(
      `${what}: worker ${Math.min(...memory).toFixed(0)} to ${Math.max(...memory).toFixed(0)} MiB, last third ${grown.toFixed(0)} MiB above the second`,
    );
    return grown;
  }
});
