import { execFileSync } from 'node:child_process';
import { env, stdout } from 'node:process';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayAfter, dayOf, startOf } from '../../src/domain/day.ts';
import { startRig, type Rig } from '../support/rig.ts';
import { counted, plantPairs, rightOnes, wrongOnes } from '../support/sweep-day.ts';
import { startSweep } from '../support/sweeping.ts';
import { startWorkerProcess } from '../support/built-process.ts';

const size = Number(env['SWEEP_INVOICES'] ?? 30_000);
const day = dayAfter(dayOf(Date.now() / 1000), -3);
const start = startOf(day);
const say = (line: string): void => void stdout.write(`${line}\n`);
const rssMiB = (pid: number): number =>
  Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;

describe(`a day of ${size} invoices, forty of them wrong`, () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await startRig({}, { replayed: 0 });
    await rig.stopWorker();
  });
  afterAll(() => rig.close());

  it('is swept in bounded memory, and exactly the forty are found', async () => {
    const planting = performance.now();
    const right = rightOnes(size - 40, (index) => start + Math.floor((index * 86_399) / size), {
      plain: true,
    });
    // Payments that no worker is asked to run: listed by Temporal, never read.
    const invoices = await plantPairs(rig, right, { sleeps: true });
    const wrong = [0, 1, 2, 3].flatMap((round) => wrongOnes(start + round * 10_000)).slice(0, 40);
    const worker = await startWorkerProcess(rig.environment);
    invoices.push(...(await plantPairs(rig, wrong)));
    say(`planted ${invoices.length} invoices in ${((performance.now() - planting) / 1000).toFixed(0)} s`);

    const began = performance.now();
    const sweep = await startSweep(rig, day);
    const result = sweep.result();
    for (let shown = -1; (await Promise.race([result, setTimeout(200)])) === undefined;) {
      const pages = (await rig.sandbox.requests('invoice.list')).length;
      if (Math.floor(pages / 50) === shown) continue;
      shown = Math.floor(pages / 50);
      say(`page ${pages}: worker ${rssMiB(worker.pid).toFixed(0)} MiB`);
    }
    const report = await result;
    const seconds = (performance.now() - began) / 1000;
    say(
      `${report.walked.pages} pages in ${seconds.toFixed(1)} s, worker ${rssMiB(worker.pid).toFixed(0)} MiB`,
    );
    say(`found ${JSON.stringify(report.counts)}`);
    for (const { currency, lines, total } of report.currencies)
      say(`${currency} ${JSON.stringify(lines)} total ${JSON.stringify(total)}`);
    await worker.end('SIGTERM');

    expect(report.findings.map(({ kind, referenceId }) => `${kind} ${referenceId}`).sort()).toEqual(
      wrong.map(({ kind, referenceId }) => `${kind ?? ''} ${referenceId}`).sort(),
    );
    expect(report.currencies).toEqual(counted(invoices, start));
    expect(report).toMatchObject({ incomplete: null, walked: { read: invoices.length } });
  });
});
