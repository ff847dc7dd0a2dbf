import { randomUUID } from 'node:crypto';
import { format, resolveConfig } from 'prettier';
import { fetch } from 'undici';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startOf } from '../../src/domain/reconciliation/day.ts';
import type { ReceivedOutcome } from '../support/outcome-receiver.ts';
import { startRig, type Rig } from '../support/rig.ts';
import { runSweep } from '../support/sweeping.ts';
import { call, card, invoiceOf, told, until } from './cases/play.ts';

const file = '../../src/ingress/docs/response-examples.json';
const day = '2026-03-01';

/** Answers as they came, by operation, status and type, each under a name. */
type Recorded = Record<string, Record<string, { value: unknown }>>;

/** As it was posted: the id came in a header. */
const bodyOf = (outcome: ReceivedOutcome): object => ({ ...outcome, id: undefined });

/** The same for every run: ids by their order of appearance, one time for all that happened, one address for the platform. */
function settled(text: string, names: ReadonlyMap<string, string>): string {
  const seen = new Map<string, string>();
  const numbered = (id: string): string => {
    const known = seen.get(id) ?? `${id.slice(0, 4)}example${seen.size + 1}`;
    seen.set(id, known);
    return known;
  };
  let result = text;
  for (const [from, to] of names) result = result.replaceAll(from, to);
  return result
    .replace(/http:\/\/(localhost|127\.0\.0\.1):\d+/g, 'https://hpp.paytone.example')
    .replace(/\b(cpi_|cgi_|out_)\w+/g, numbered)
    .replace(/(Z,)[\d:T.-]+(Z\\r\\n)/g, '$12026-11-22T10:30:00$2')
    .replace(/(expiresAt\\?":\s*\\?")[\d:T.-]+Z/g, '$12026-11-22T10:30:00Z')
    .replace(/\b20\d\d-(?!11-22T10:30)[\d-]+T[\d:.]+Z/g, '2026-11-22T10:00:00Z')
    .replace(/(requestId": ")[^"]+/g, '$11c2f0a52-7c1e-4f7e-9a0e-3b1d5f0c9d11');
}

describe('the examples in the OpenAPI document', () => {
  let rig: Rig;
  const recorded: Recorded = {};
  const names = new Map<string, string>();
  beforeAll(async () => {
    // An order service of its own, so that its list of payments holds nothing else.
    rig = await startRig({ ORDER_API_KEYS: `examples-${randomUUID()}=key-of-the-rig` });
  });
  afterAll(() => rig.close());

  const order = (): string => {
    const orderId = rig.newOrder();
    names.set(orderId, `A${1001 + names.size}`);
    return orderId;
  };
  const keep = (key: string, name: string, value: unknown): void =>
    void (recorded[key] = { ...recorded[key], [name]: { value } });
  const text = async (path: string, accept: string): Promise<string> => {
    const headers = { authorization: `Bearer ${rig.apiKey}`, accept };
    return (await fetch(`${rig.ingressUrl}${path}`, { headers })).text();
  };
  const json = async (path: string): Promise<unknown> => (await rig.call('GET', path)).body;

  async function paidAndRefunded(): Promise<void> {
    const orderId = order();
    keep('startPayment 201 application/json', 'by card', (await rig.put(orderId, card)).body);
    keep('startPayment 200 application/json', 'repeated', (await rig.put(orderId, card)).body);
    keep(
      'Conflict application/problem+json',
      'other terms',
      (await rig.put(orderId, { ...card, locale: 'uk' })).body,
    );
    await rig.sandbox.setStatus(await invoiceOf(rig, orderId), 'processed');
    const outcome = await told(rig, orderId, 'paid');
    keep('outcome', 'paid', bodyOf(outcome));
    await rig.handle(orderId).result();
    keep('getPayment 200 application/json', 'paid', (await rig.get(orderId)).body);
    keep(
      'followPayment 200 text/event-stream',
      'paid',
      await text(`/v1/payments/${orderId}/events`, 'text/event-stream'),
    );
    keep(
      'Conflict application/problem+json',
      'too late to cancel',
      (await call(rig, orderId, 'cancel', { reason: 'out of stock' })).body,
    );
    const path = `/v1/payments/${orderId}/outcomes`;
    await vi.waitFor(async () =>
      expect(await json(path)).toMatchObject({ outcomes: [{ state: 'delivered' }] }),
    );
    keep('listOutcomes 200 application/json', 'one', await json(path));
    keep(
      'redeliverOutcome 200 application/json',
      'sent again',
      (await rig.call('POST', `${path}/${outcome.id}/redeliver`)).body,
    );
    await refunded(orderId);
  }

  async function refunded(orderId: string): Promise<void> {
    const part = {
      refundId: 'R1',
      amount: { value: '10.00', currency: 'USD' },
      reason: 'one item returned',
    };
    await call(rig, orderId, 'refunds', part);
    keep('outcome', 'partially refunded', bodyOf(await told(rig, orderId, 'partially_refunded')));
    keep(
      'refundPayment 200 application/json',
      'a part, repeated',
      (await call(rig, orderId, 'refunds', part)).body,
    );
    const other = { ...part, amount: { value: '20.00', currency: 'USD' } };
    keep(
      'Conflict application/problem+json',
      'other refund',
      (await call(rig, orderId, 'refunds', other)).body,
    );
    keep(
      'Refused application/problem+json',
      'more than is left',
      (
        await call(rig, orderId, 'refunds', {
          ...part,
          refundId: 'R2',
          amount: { value: '100.00', currency: 'USD' },
        })
      ).body,
    );
  }

  async function chosenAndCanceled(): Promise<void> {
    const orderId = order();
    keep('startPayment 201 application/json', 'the customer chooses', (await rig.put(orderId)).body);
    keep(
      'chooseMethod 200 application/json',
      'by card',
      (await call(rig, orderId, 'method', { ...card, attempt: 1 })).body,
    );
    keep(
      'cancelPayment 200 application/json',
      'still open at Paytone',
      (await call(rig, orderId, 'cancel', { reason: 'out of stock' })).body,
    );
    await rig.sandbox.setStatus(await invoiceOf(rig, orderId), 'expired');
    keep('outcome', 'canceled', bodyOf(await told(rig, orderId, 'canceled')));
    await rig.handle(orderId).result();
  }

  async function reported(): Promise<void> {
    const unknown = { referenceId: `B${randomUUID()}`, service: card.service, amount: 12 };
    names.set(unknown.referenceId, 'B2001');
    const created = startOf(day) + 43_200;
    await rig.sandbox.plant([{ ...unknown, status: 'process_failed', created, resolution: 'declined' }]);
    await runSweep(rig, day);
    keep('getReport 200 application/json', 'a day', await json(`/v1/reports/${day}`));
    keep('getReport 200 text/csv', 'a day', await text(`/v1/reports/${day}`, 'text/csv'));
  }

  async function listed(): Promise<void> {
    const indexed = { payments: [{ status: 'canceled' }, { status: 'partially_refunded' }] };
    await vi.waitFor(async () => expect(await json('/v1/payments')).toMatchObject(indexed), {
      timeout: 30_000,
    });
    keep('listPayments 200 application/json', 'two', await json('/v1/payments'));
    keep('listPayments 200 text/csv', 'two', await text('/v1/payments', 'text/csv'));
  }

  async function refused(): Promise<void> {
    const nobodys = '/v1/payments/A9999';
    keep(
      'Malformed application/problem+json',
      'unknown field',
      (await rig.put(rig.newOrder(), { sevice: 'x' })).body,
    );
    keep(
      'Unauthorized application/problem+json',
      'wrong key',
      (await rig.call('GET', nobodys, undefined, 'no-key')).body,
    );
    keep('NotFound application/problem+json', 'no payment', await json(nobodys));
    keep(
      'Refused application/problem+json',
      'unknown service',
      (await rig.put(rig.newOrder(), { service: 'payment_card_usd_hp' })).body,
    );
  }

  async function slow(): Promise<void> {
    const [orderId, choosing] = [order(), order()];
    await rig.put(choosing);
    await rig.sandbox.fault({ times: 0, fault: { type: 'timeout' } });
    const [started, chosen] = await Promise.all([
      rig.put(orderId, card),
      call(rig, choosing, 'method', { ...card, attempt: 1 }),
    ]);
    const canceled = await call(rig, choosing, 'cancel', { reason: 'out of stock' });
    expect([started.status, chosen.status, canceled.status]).toEqual([202, 202, 202]);
    keep('startPayment 202 application/json', 'while Paytone is silent', started.body);
    keep('chooseMethod 202 application/json', 'while Paytone is silent', chosen.body);
    keep('cancelPayment 202 application/json', 'while Paytone is silent', canceled.body);
    await rig.sandbox.clearFaults();
    await until(rig, orderId, 'awaiting_payment');
  }

  it('are what the product answers (npx vitest run test/system/openapi-examples.test.ts -u)', async () => {
    keep('listServices 200 application/json', 'in dollars', await json('/v1/services?currency=USD'));
    await paidAndRefunded();
    await chosenAndCanceled();
    await listed();
    await refused();
    await slow();
    await reported();
    const examples = settled(JSON.stringify(recorded, null, 2), names);
    const options = await resolveConfig(new URL(import.meta.url));
    await expect(await format(examples, { ...options, parser: 'json' })).toMatchFileSnapshot(file);
  });
});
