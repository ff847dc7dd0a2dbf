import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fetch } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toForeignReference } from '../../src/domain/identity.ts';
import { dayOf } from '../../src/domain/reconciliation/day.ts';
import { unknownReferenceIdFor } from '../../src/payments/callback-inbox.ts';
import { sample } from '../support/prometheus.ts';
import { account, startRig, type Rig } from '../support/rig.ts';
import { startSweep } from '../support/sweeping.ts';
import { startWorkerProcess } from '../support/built-process.ts';
import { freePort } from '../support/whole-product.ts';
import { card, invoiceOf, until } from './cases/play.ts';
import { signatureOf } from '../support/sign-callback.ts';

const operator = { by: 'ann', why: 'test' };

describe('the metric that feeds an alert moves with a fault, and comes back', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await startRig({ SURVEY_SECONDS: '1' }, { platformNow: () => Date.now() - 60 * 60 * 1000 });
  });
  afterAll(() => rig.close());

  const metric = async (name: string, labels: Record<string, string> = {}): Promise<number | null> =>
    sample(await rig.metrics(), name, labels);
  const becomes = (wanted: number | null, name: string, labels: Record<string, string> = {}): Promise<void> =>
    expect.poll(() => metric(name, labels), { timeout: 60_000, interval: 250 }).toBe(wanted);
  const attentionBecomes = (wanted: number, reason: string): Promise<void> =>
    becomes(wanted, 'paytone_attention', { reason });
  const rises = async (name: string, labels: Record<string, string>, act: () => Promise<unknown>) => {
    const before = (await metric(name, labels)) ?? 0;
    await act();
    await expect
      .poll(async () => ((await metric(name, labels)) ?? 0) - before, { timeout: 30_000, interval: 250 })
      .toBeGreaterThan(0);
  };
  const callback = async (referenceId: string, key: string): Promise<number> => {
    const attributes = {
      reference_id: referenceId,
      status: 'processed',
      updated: Math.floor(Date.now() / 1000),
    };
    const body = JSON.stringify({ data: { id: 'cpi_1', attributes } });
    const signature = signatureOf(body, key);
    const url = `${rig.ingressUrl}/callbacks/paytone`;
    const answer = await fetch(url, { method: 'POST', body, headers: { 'x-signature': signature } });
    await answer.arrayBuffer();
    return answer.status;
  };
  const awaiting = async (): Promise<string> => {
    const orderId = rig.newOrder();
    await rig.put(orderId, card);
    return orderId;
  };
  const pay = async (orderId: string): Promise<void> => {
    await rig.sandbox.setStatus(await invoiceOf(rig, orderId), 'processed');
    await until(rig, orderId, 'paid');
  };

  it('oldest open payment, payments closed, callback to outcome', async () => {
    const orderId = await awaiting();
    await expect
      .poll(() => metric('paytone_oldest_open_payment_age_seconds'), { timeout: 30_000 })
      .toBeGreaterThan(0);
    const closed = { status: 'paid', decided_by: 'callback' };
    await rises('paytone_payments_closed_total', closed, () =>
      rises('paytone_callback_to_outcome_seconds_count', {}, () => pay(orderId)),
    );
    expect(await metric('paytone_callback_to_outcome_seconds_sum')).toBeLessThan(60);
  });

  it('credentials rejected', async () => {
    await rig.sandbox.account({ credentialsRejected: true });
    // One or two rejected orders concern themselves alone.
    const orders = [rig.newOrder(), rig.newOrder(), rig.newOrder()];
    for (const orderId of orders) await rig.begin(orderId, card);
    await attentionBecomes(3, 'credentials');
    expect(await metric('paytone_credentials_rejected')).toBeGreaterThan(0);
    await rig.sandbox.account({ credentialsRejected: false });
    await attentionBecomes(0, 'credentials');
    await becomes(0, 'paytone_credentials_rejected');
    for (const orderId of orders) await pay(orderId);
  }, 120_000);

  it('platform silent', async () => {
    const orderId = rig.newOrder();
    await rig.sandbox.fault({
      match: { referenceId: orderId },
      times: 0,
      fault: { type: 'status', status: 503 },
    });
    await rig.begin(orderId, card);
    await attentionBecomes(1, 'platform-silent');
    await rig.sandbox.clearFaults();
    await attentionBecomes(0, 'platform-silent');
    await pay(orderId);
  }, 120_000);

  it('outcomes parked', async () => {
    const orderId = await awaiting();
    rig.outcomes.answerWith(410);
    await pay(orderId);
    await attentionBecomes(1, 'outcome-parked');
    rig.outcomes.answerWith(204);
    await rig.handle(orderId).executeUpdate('redeliver-outcome', { args: [operator] });
    await attentionBecomes(0, 'outcome-parked');
  }, 120_000);

  it('review waiting', async () => {
    const orderId = await awaiting();
    await rig.sandbox.setStatus(await invoiceOf(rig, orderId), 'partially_processed', {
      processedAmount: 50,
    });
    await attentionBecomes(1, 'review');
    await rig.handle(orderId).executeUpdate('resolve', { args: [{ decision: 'accept', ...operator }] });
    await attentionBecomes(0, 'review');
  }, 120_000);

  it('late money, and what a sweep found and when', async () => {
    const before = Math.floor(Date.now() / 1000);
    const referenceId = `L${randomUUID()}`;
    const created = before - 2 * 60 * 60;
    const invoice = { referenceId, amount: 10, service: card.service, status: 'processed' };
    await rig.sandbox.plant([{ ...invoice, created, updated: created + 5 }]);
    const workflowId = unknownReferenceIdFor(toForeignReference(referenceId));
    rig.replays(workflowId);
    await rises('paytone_sweep_findings_total', { kind: 'not_ordered' }, () =>
      startSweep(rig, dayOf(created)),
    );
    await attentionBecomes(1, 'late-money');
    await expect
      .poll(() => metric('paytone_sweep_last_finished_timestamp_seconds'), { timeout: 30_000 })
      .toBeGreaterThanOrEqual(before);
    expect(await metric('paytone_sweeps_total', { result: 'complete' })).toBe(1);
    await rig.temporal.workflow
      .getHandle(workflowId)
      .executeUpdate('resolve', { args: [{ decision: 'accept', ...operator }] });
    await attentionBecomes(0, 'late-money');
  }, 120_000);

  it('forged callbacks', async () => {
    expect(await metric('paytone_callbacks_total', { result: 'forged' })).not.toBeNull();
    await rises('paytone_callbacks_total', { result: 'forged' }, () => callback('A1', 'guess'));
    const after = await metric('paytone_callbacks_total', { result: 'forged' });
    const orderId = await awaiting();
    expect(await callback(orderId, account.privateKey)).toBe(200);
    expect(await metric('paytone_callbacks_total', { result: 'forged' })).toBe(after);
    await pay(orderId);
  });

  it('every metric of an alert or a dashboard is one that the product has', async () => {
    const read = (name: string) =>
      readFile(new URL(`../../docs/monitoring/${name}`, import.meta.url), 'utf8');
    const named = `${await read('alerts.yml')}${await read('dashboard.json')}`.match(/\bpaytone_\w+/g) ?? [];
    const known = new Set((await rig.metrics()).match(/(?<=^# TYPE )\w+/gm));
    const unknown = named.filter((name) => !known.has(name.replace(/_(bucket|count|sum)$/, '')));
    expect(named.length).toBeGreaterThan(20);
    expect(unknown).toEqual([]);
  });

  it('a worker that does not poll, or counts nothing', async () => {
    const ADMIN_PORT = String(await freePort());
    const worker = await startWorkerProcess({ ...rig.environment, ADMIN_PORT });
    const read = () =>
      fetch(`http://127.0.0.1:${ADMIN_PORT}/metrics`).then(
        (answer) => answer.text(),
        () => '',
      );
    await expect
      .poll(async () => sample(await read(), 'paytone_survey_timestamp_seconds'), { timeout: 30_000 })
      .toBeGreaterThan(Date.now() / 1000 - 60);
    const text = await read();
    expect(sample(text, 'paytone_ready', { process: 'worker' })).toBe(1);
    // The SDK's own, on the same page.
    expect(sample(text, 'temporal_num_pollers')).toBeGreaterThan(0);
    expect(await worker.end('SIGTERM')).toBe(0);
    expect(await read()).toBe('');
    expect(await metric('paytone_ready', { process: 'ingress' })).toBe(1);
  }, 60_000);
});
