import { fetch } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayAfter, dayOf, startOf } from '../../src/domain/reconciliation/day.ts';
import type { Report } from '../../src/domain/reconciliation/report.ts';
import { reportAnswer } from '../../src/reconciliation/report-schema.ts';
import { PaymentLedger } from '../../src/reconciliation/ledger.ts';
import { plantAll } from '../support/sweep-day.ts';
import { account, startRig, type Rig } from '../support/rig.ts';
import { runSweep } from '../support/sweeping.ts';
import { until } from './cases/play.ts';

const day = dayAfter(dayOf(Date.now() / 1000), -3);

describe('a day of 320 invoices, thirteen of them wrong, each in its own way', () => {
  let rig: Rig;
  let planted: Awaited<ReturnType<typeof plantAll>>;
  let report: Report;
  beforeAll(async () => {
    rig = await startRig();
    planted = await plantAll(rig, startOf(day));
    report = await runSweep(rig, day);
  });
  afterAll(() => rig.close());

  it('finds exactly those', () => {
    const found = report.findings.map(({ kind, referenceId }) => `${kind} ${referenceId}`);
    expect(found.sort()).toEqual(
      planted.wrong.map(({ kind, referenceId }) => `${kind} ${referenceId}`).sort(),
    );
    expect(report).toMatchObject({ day, incomplete: null, leftOut: 0 });
    expect(report.walked).toMatchObject({ read: planted.listed, young: 0, otherMode: 0, unreadable: 0 });
  });

  it('knows a second by all its payments, those at its edges too', async () => {
    const ledger = new PaymentLedger(rig.temporal, rig.environment['TEMPORAL_TASK_QUEUE'] ?? '');
    const second = startOf(day) + 7_000;
    for (const [from, to] of [
      [second, second],
      [second - 1, second],
      [second, second + 1],
    ] as const) {
      const found = new Set<string>();
      for await (const { orderId } of ledger.rows(from, to, account.id)) found.add(orderId);
      expect(found.size).toBe(120);
    }
  });

  it('asks the platform about none that is right', async () => {
    const asked = await rig.sandbox.requests('invoice.get.private');
    expect(asked.filter(({ referenceId }) => referenceId?.startsWith('R-'))).toEqual([]);
  });

  it('sums as somebody does who counts by hand', () => {
    expect(report.currencies).toEqual(planted.currencies);
  });

  it.each([
    ['paid_there', 'paid', 'sweep'],
    ['paid_late', 'review', null],
    ['missing_there', 'review', null],
    ['paid_here', 'paid', 'callback'],
    ['other_amount', 'review', null],
    ['amount_changed', 'review', null],
    ['partly_paid', 'review', null],
    ['refund_unseen', 'refunded', 'sweep'],
    ['second_refund', 'partially_refunded', 'callback'],
    ['chargeback_unseen', 'charged_back', 'sweep'],
    ['ended_there', 'failed', 'sweep'],
  ])('tells the payment of %s, which is then %s', async (name, status, decidedBy) => {
    const orderId = planted.orders[name] ?? '';
    await until(rig, orderId, status);
    expect((await rig.get(orderId)).body.decidedBy).toBe(decidedBy);
  });

  it('puts money that nobody ordered in front of an operator', async () => {
    await expect.poll(() => rig.count("PaymentAttention = 'late-money'"), { timeout: 15_000 }).toBe(2);
  });

  describe('the report of the day', () => {
    const ask = (path: string, headers: Record<string, string> = {}) =>
      fetch(`${rig.ingressUrl}/v1/reports/${path}`, {
        headers: { authorization: 'Bearer key-of-the-rig', ...headers },
      });

    it('is JSON as its schema says, for the key of any order service', async () => {
      for (const key of ['key-of-the-rig', 'key-of-another']) {
        const answer = await ask(day, { authorization: `Bearer ${key}` });
        expect([answer.status, answer.headers.get('content-type')]).toEqual([
          200,
          'application/json; charset=utf-8',
        ]);
        const body = await answer.json();
        expect(reportAnswer.strict().parse(body)).toEqual(body);
        expect(body).toEqual(report);
      }
      expect((await ask(day, { authorization: 'Bearer none' })).status).toBe(401);
    });

    it('is CSV, whose sums add up', async () => {
      const answer = await ask(day, { accept: 'text/csv' });
      expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
      const [head = '', ...lines] = (await answer.text()).trimEnd().split('\r\n');
      const names = head.split(',');
      const rows: Record<string, string>[] = lines.map((line) =>
        Object.fromEntries(line.split(',').map((cell, index) => [names[index] ?? '', cell] as const)),
      );
      expect(rows[0]).toMatchObject({ record: 'report', day, kind: 'complete' });
      expect(rows.filter(({ record }) => record === 'finding')).toHaveLength(planted.wrong.length);
      for (const total of rows.filter(({ record }) => record === 'total')) {
        const sums = rows.filter(
          ({ record, currency }) => record === 'sum' && currency === total['currency'],
        );
        const minor = (amount: string | undefined): number => Number((amount ?? '').replace('.', ''));
        expect(sums).toHaveLength(6);
        expect(sums.reduce((sum, { amount }) => sum + minor(amount), 0)).toBe(minor(total['amount']));
        expect(sums.reduce((sum, { count }) => sum + Number(count), 0)).toBe(Number(total['count']));
      }
    });

    it('is a page, on which nothing of the platform is markup', async () => {
      const answer = await ask(day, { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' });
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
      const page = await answer.text();
      expect(page).toContain(`Reconciliation of ${day}`);
      expect(page).toContain('=not &lt;b&gt;one of ours');
    });

    it.each([
      ['2026-02-30', 400],
      ['yesterday', 400],
      [dayAfter(day, -400), 404],
    ])('of %s is a problem, %i', async (path, status) => {
      const answer = await ask(path);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([
        status,
        'application/problem+json; charset=utf-8',
      ]);
    });
  });
});
