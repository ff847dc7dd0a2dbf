import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../support/command-line.ts';
import { startRig, type Rig } from '../support/rig.ts';
import { dayAfter, dayOf, startOf } from '../../src/domain/reconciliation/day.ts';
import { runSweep } from '../support/sweeping.ts';
import { card, paid, refund, set } from './cases/play.ts';

const ann = ['--by', 'ann', '--why', 'seen in the dashboard'];

describe('the command line of operators', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await startRig();
  });
  afterAll(() => rig.close());
  const cli = (...args: string[]) => runCli(rig.environment, ...args);

  it('lists a payment in review, shows it and resolves it', async () => {
    const orderId = rig.newOrder();
    await rig.put(orderId, { service: 'payment_card_usd_hpp' });
    await set(rig, orderId, 'processed', { processedAmount: 90 });
    await expect.poll(() => rig.count("PaymentAttention = 'review'"), { timeout: 15_000 }).toBe(1);
    expect((await cli('attention')).out).toMatch(new RegExp(`\nreview +${orderId} +review +100.55 USD `));
    expect((await cli('show', orderId)).out).toContain('Needs attention  review');
    expect(await cli('extend-watch', orderId, ...ann)).toMatchObject({
      code: 1,
      error: expect.stringContaining('in review for more than silence') as string,
    });
    expect(await cli('reconcile', orderId, ...ann)).toMatchObject({
      code: 0,
      out: expect.stringMatching(`^${orderId}: the payment is review; last poll .*Z: processed$`) as string,
    });
    const resolved = await cli('resolve', orderId, '--decision', 'accept', '--json', ...ann);
    expect(resolved).toMatchObject({
      code: 0,
      out: JSON.stringify({ id: orderId, became: 'the payment is paid' }),
    });
    expect((await rig.get(orderId)).body).toMatchObject({ status: 'paid', decidedBy: 'operator' });
    await rig.handle(orderId).result();
    const story = JSON.parse((await cli('show', orderId, '--json')).out) as Record<string, unknown>;
    expect(story).toMatchObject({
      status: 'paid',
      operators: [
        { by: 'ann', what: 'reconcile-now' },
        { by: 'ann', what: 'resolve: accept' },
      ],
      outcomes: [{ status: 'review' }, { status: 'paid' }],
    });
    expect(story).not.toHaveProperty('terms');
  }, 90_000);

  it('lists a refused refund until it is acknowledged', async () => {
    const orderId = rig.newOrder();
    await paid(rig, orderId);
    const body = { errors: { amount: 'Refunds are off.' } };
    const match = { operation: 'refund.create' };
    await rig.sandbox.fault({ match, fault: { type: 'status', status: 422, body } });
    await refund(rig, orderId, 'r1');
    const listed = async () => (await cli('attention', '--reason', 'refund-refused')).out;
    await expect.poll(listed, { timeout: 30_000 }).toMatch(new RegExp(`\nrefund-refused +${orderId} +paid `));
    expect(await cli('acknowledge', orderId, ...ann)).toMatchObject({
      code: 0,
      out: `${orderId}: seen to: the refused refund r1`,
    });
    await expect.poll(listed, { timeout: 30_000 }).toContain('Nothing needs attention in ');
    expect(await cli('acknowledge', orderId, ...ann)).toMatchObject({
      code: 1,
      error: expect.stringContaining('no refused refund') as string,
    });
  }, 90_000);

  it("tells a day's reconciliation", async () => {
    const day = dayAfter(dayOf(Date.now() / 1000), -4);
    const created = startOf(day) + 60;
    const referenceId = `nobody's ${day}`;
    await rig.sandbox.plant([{ ...card, referenceId, amount: 12.5, created, status: 'processed' }]);
    await runSweep(rig, day);
    const { code, out } = await cli('report', day);
    expect([code, out.split('\n')[0]]).toEqual([0, `Reconciliation of ${day}, complete`]);
    expect(out).toMatch(/\nUSD +paid +1 +12\.50\n/);
    expect(out).toMatch(/\nUSD +total +1 +12\.50\n/);
    expect(out).toContain(`not_ordered  ${referenceId}`);
    const report = JSON.parse((await cli('report', day, '--json')).out) as unknown;
    expect(report).toMatchObject({ day, counts: { not_ordered: 1 }, findings: [{ referenceId }] });
  }, 60_000);

  it.each([
    [['show', 'nobody'], 1, 'nobody: there is neither a payment nor late money of that name'],
    [['reconcile', 'nobody', ...ann], 1, 'nobody: there is no such payment'],
    [['report', '2020-01-01'], 1, 'no report of 2020-01-01: absent'],
    [['report', '2020-02-31'], 2, 'must be a day of the calendar, yyyy-mm-dd'],
    [['resolve', 'x', '--decision', 'maybe', ...ann], 2, 'Allowed choices are accept, reject, refund'],
    [['reconcile', 'x', '--by', 'ann'], 2, "required option '--why <reason>' not specified"],
    [['redeliver', ...ann], 2, 'name one, or say which by --query or --since'],
    [['redeliver', 'x', '--dry-run', ...ann], 2, '--dry-run is not for one that is named'],
    [
      ['resolve', '--query', 'x', '--decision', 'accept', ...ann],
      2,
      'x: Temporal does not understand this query',
    ],
    [['list', '--status', 'maybe'], 2, 'Allowed choices are choosing'],
    [['report', '2026-01-02', '--until', '2026-01-01'], 2, '2026-01-01 is before 2026-01-02'],
    [['redeliver', '--since', 'yesterday', ...ann], 2, 'must be a time of RFC 3339'],
    [['extend-watch', 'x', '--hours', '999', ...ann], 2, 'must be a whole number from 1 to 168'],
    [['dance'], 2, "unknown command 'dance'"],
  ])('answers %o with %i', async (args, code, error) => {
    const answered = await cli(...args);
    expect(answered).toMatchObject({ code, out: '' });
    expect(answered.error).toContain(error);
  });

  it.each([
    ['TEMPORAL_TASK_QUEUE', 'elsewhere', 'No worker polls the task queue elsewhere of the namespace default'],
    ['TEMPORAL_NAMESPACE', 'elsewhere', 'has no namespace elsewhere. Check TEMPORAL_NAMESPACE.'],
    ['TEMPORAL_ADDRESS', '127.0.0.1:1', 'cannot be reached. Check TEMPORAL_ADDRESS'],
  ])(
    'says that %s %s leads nowhere, whatever it is asked',
    async (name, value, error) => {
      for (const args of [['attention'], ['show', 'x'], ['reconcile', 'x', ...ann]]) {
        const answered = await runCli({ ...rig.environment, [name]: value }, ...args);
        expect(answered.code).toBe(3);
        expect(answered.error).toContain(error);
        expect(answered.error).not.toContain('    at ');
      }
    },
    90_000,
  );

  it('lists payments as they stand now, for people, machines and spreadsheets', async () => {
    const orderId = rig.newOrder();
    await paid(rig, orderId);
    const listed = async (...more: string[]) =>
      (await cli('list', '--owner', 'rig', '--since', new Date(Date.now() - 600_000).toISOString(), ...more))
        .out;
    await expect
      .poll(() => listed('--status', 'paid'), { timeout: 30_000 })
      .toMatch(new RegExp(`\\n${orderId} +paid +100\\.55 USD +payment_card_usd_hpp +cpi_`));
    expect(await cli('refund', orderId, '--amount', '100.55', '--refund-id', 'r1', ...ann)).toMatchObject({
      code: 0,
      error: '',
      out: expect.stringContaining(`${orderId}: the refund of 100.55 USD is `) as string,
    });
    await expect.poll(() => listed('--status', 'refunded'), { timeout: 30_000 }).toContain(orderId);
    expect(await listed('--status', 'paid')).not.toContain(orderId);
    const csv = (await listed('--csv')).split('\r\n');
    expect(csv[0]).toBe('orderId,owner,status,amount,currency,service,invoiceId,createdAt,expiresAt');
    expect(csv.find((line) => line.startsWith(orderId))).toContain(`${orderId},rig,refunded,100.55,USD,`);
    expect(await listed('--amount-from', '1000')).toContain('No payment is found in namespace default');
    expect(JSON.parse(await listed('-o', 'json', '--limit', '1'))).toHaveLength(1);
    const noted = await cli('note', orderId, '--by', 'bob', '--why', 'asked the bank');
    expect(noted).toMatchObject({ code: 0, out: `${orderId}: noted` });
    const { out } = await cli('show', orderId);
    for (const part of ['ann: operator-refund: r1', 'bob: note, asked the bank']) expect(out).toContain(part);
    expect(await cli('refund', orderId, ...ann)).toMatchObject({ code: 1 });
    expect(await cli('cancel', orderId, ...ann)).toMatchObject({ code: 1 });
  }, 120_000);

  it('says which version it is', async () => {
    expect(await runCli({}, '--version')).toMatchObject({ code: 0, out: '0.1.0' });
  });

  it('says what is wrong with its settings', async () => {
    const answered = await runCli({}, 'attention');
    expect(answered.code).toBe(2);
    expect(answered.error).toContain('TEMPORAL_ADDRESS is missing');
  });
});
