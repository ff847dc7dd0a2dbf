import { fetch } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toForeignReference } from '../../src/domain/identity.ts';
import { unknownReferenceIdFor } from '../../src/payments/callback-inbox.ts';
import { runCli } from '../support/command-line.ts';
import { account, startRig, type Rig } from '../support/rig.ts';
import { runSweep } from '../support/sweeping.ts';
import { dayAfter, dayOf, startOf } from '../../src/domain/reconciliation/day.ts';
import { card } from './cases/play.ts';
import { signatureOf } from '../support/sign-callback.ts';

const ann = ['--by', 'ann', '--why', 'nobody ordered it'];
const day = dayAfter(dayOf(Date.now() / 1000), -9);

describe('money that no payment ordered', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await startRig();
  });
  afterAll(() => rig.close());
  const cli = (...args: string[]) => runCli(rig.environment, ...args);

  async function callBack(referenceId: string): Promise<void> {
    const attributes = { reference_id: referenceId, status: 'processed', updated: 4_000_000_000 };
    const body = JSON.stringify({ data: { type: 'payment-invoices', id: 'cpi_x', attributes } });
    const headers = {
      'x-signature': signatureOf(body, account.privateKey),
      'content-type': 'application/json',
    };
    const answer = await fetch(`${rig.ingressUrl}/callbacks/paytone`, { method: 'POST', body, headers });
    expect(answer.status).toBe(200);
  }
  async function late(referenceId: string, created = Math.floor(Date.now() / 1000)) {
    const [made] = await rig.sandbox.plant([
      { ...card, referenceId, amount: 12.5, created, status: 'processed' },
    ]);
    const workflowId = unknownReferenceIdFor(toForeignReference(referenceId));
    rig.replays(workflowId);
    return { invoiceId: made?.id ?? '', workflowId };
  }
  const listed = async () => (await cli('attention', '--reason', 'late-money')).out;

  it('is listed and shown with amount, reference and invoice, and goes back when an operator says so', async () => {
    const referenceId = `Sally's ${Date.now()}`;
    const { invoiceId, workflowId } = await late(referenceId);
    await callBack(referenceId);
    await expect.poll(listed, { timeout: 30_000 }).toContain(workflowId);
    const list = await listed();
    expect(list).toMatch(new RegExp(`late-money +${workflowId} +- +12\\.50 USD +- +${invoiceId}`));
    expect(list).toContain(`the reference "${referenceId}"`);
    for (const id of [workflowId, referenceId, invoiceId]) {
      const { code, out } = await cli('show', id);
      expect(code).toBe(0);
      for (const part of [referenceId, invoiceId, '12.5 USD', 'nobody has decided about its money'])
        expect(out).toContain(part);
    }
    expect(await cli('resolve', workflowId, '--decision', 'reject', ...ann)).toMatchObject({
      code: 1,
      error: expect.stringContaining('"decision" must be "refund"') as string,
    });
    const resolved = await cli('resolve', invoiceId, '--decision', 'refund', ...ann);
    expect(resolved).toMatchObject({ code: 0, error: '' });
    expect(resolved.out).toContain(`12.5 USD in ${invoiceId}: the refund of 12.50 USD is under way`);
    await expect.poll(listed, { timeout: 30_000 }).not.toContain(workflowId);
    await expect
      .poll(async () => (await cli('show', workflowId)).out, { timeout: 30_000 })
      .toContain('the money is back');
    expect(await rig.sandbox.ledger(referenceId)).toMatchObject([{ paid: 12.5, refunded: 12.5 }]);
  }, 120_000);

  it('stays dealt with, whatever a sweep of its day finds again, and keeps who did it', async () => {
    const referenceId = `kept ${Date.now()}`;
    const { workflowId } = await late(referenceId, startOf(day) + 60);
    const first = await runSweep(rig, day);
    expect(first.counts).toMatchObject({ not_ordered: 1 });
    await expect.poll(listed, { timeout: 30_000 }).toContain(workflowId);
    expect(await cli('resolve', workflowId, '--decision', 'accept', ...ann)).toMatchObject({ code: 0 });
    await runSweep(rig, day);
    await expect
      .poll(async () => (await rig.sandbox.journal(referenceId)).length, { timeout: 30_000 })
      .toBeGreaterThan(0);
    await expect.poll(listed, { timeout: 30_000 }).not.toContain(workflowId);
    const { out } = await cli('show', referenceId);
    expect(out).toContain('an operator has dealt with it; the money stays');
    expect(out).toContain('ann: resolve: accept, nobody ordered it');
    expect(out).not.toContain('Needs attention');
  }, 120_000);

  it('says why a refund was refused', async () => {
    const referenceId = `refused ${Date.now()}`;
    const { workflowId } = await late(referenceId);
    await callBack(referenceId);
    await expect.poll(listed, { timeout: 30_000 }).toContain(workflowId);
    const body = { errors: { amount: 'Refunds are off.' } };
    const match = { operation: 'refund.create' };
    await rig.sandbox.fault({ match, fault: { type: 'status', status: 422, body } });
    const why = 'the refund of 12.50 USD was refused: amount: Refunds are off.';
    const resolved = await cli('resolve', workflowId, '--decision', 'refund', ...ann);
    expect(resolved.code).toBe(1);
    expect(resolved.error).toContain(why);
    expect((await cli('show', workflowId)).out).toContain(why);
    expect(await listed()).toContain(workflowId);
  }, 120_000);
});
