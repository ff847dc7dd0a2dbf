import { describe, expect, it } from 'vitest';
import { decide } from '../../src/domain/payment/decide.ts';
import type { Payment } from '../../src/domain/payment/payment.ts';
import { detailsOf } from '../../workflows/payment/display.ts';
import { at, choose } from '../support/judgment-facts.ts';
import { created, failureOf, inputOf, lived, met, polled } from '../support/payment-facts.ts';

const lines = (payment: Payment): string[] => detailsOf(payment, decide(payment)).split('\n');

describe('the page of a payment in the Temporal UI', () => {
  const first = lived(inputOf({ maxAttempts: 2 }), polled({}, { at: at(100) }));
  const chosen = met(first, choose);

  it('tells of the earlier attempt that can be paid where the platform refused the last', () => {
    const failure = failureOf({ type: 'Refused', answer: 'unprocessable', messages: [] });
    expect(lines(met(chosen, { kind: 'creation_failed', attempt: 2, at: at(110), failure }))).toEqual(
      expect.arrayContaining([
        '- Attempt: 1, reference A1001',
        '- Redirect: given, by GET',
        '- Last poll: 2026-11-23T10:01:41Z: process_pending',
        '- Deadline: 2026-11-23T10:30:00Z',
      ]),
    );
  });

  it('tells of the same where the last was declined, which has a deadline of its own', () => {
    const second = met(chosen, created({}, { attempt: 2, at: at(1_000) }));
    expect(lines(second)).toContain('- Deadline: 2026-11-23T10:31:41Z');
    const declined = { status: 'process_failed', resolution: 'declined' };
    expect(lines(met(second, polled(declined, { attempt: 2, at: at(1_100) })))).toEqual(
      expect.arrayContaining([
        '- Last poll: 2026-11-23T10:01:41Z: process_pending',
        '- Deadline: 2026-11-23T10:30:00Z',
      ]),
    );
  });
});
