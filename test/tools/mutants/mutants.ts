/** One break of the product, and the tests that must see it. */
export interface Mutant {
  readonly name: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  readonly tests: readonly string[];
}

const table = 'test/workflows/directive-table.test.ts';
const inTime = 'test/workflows/payment-in-time.test.ts';
const domain = (name: string): string => `test/domain/${name}.test.ts`;

export const mutants: readonly Mutant[] = [
  {
    name: 'repeats a create without looking first',
    file: 'src/domain/payment/apply-to-attempt.ts',
    from: 'if (isUnknown(failure)) return toBeLookedUp(payment, attempt, { at, tries });',
    to: '',
    tests: [domain('payment/apply'), table],
  },
  {
    name: 'lets Temporal repeat a create',
    file: 'workflows/activity-options.ts',
    from: 'effectOptions: ActivityOptions = { startToCloseTimeout: callMs, retry: { maximumAttempts: 1 } }',
    to: 'effectOptions: ActivityOptions = { startToCloseTimeout: callMs, retry: { maximumAttempts: 3 } }',
    // An answer of the platform is never repeated, by its type; a worker that died is.
    tests: [inTime],
  },
  {
    name: 'treats 409 as a failure',
    file: 'src/domain/invoice/directive-table.ts',
    from: "conflict: 'adopt',",
    to: "conflict: 'refuse',",
    tests: [table],
  },
  {
    name: 'fails the order for rejected credentials',
    file: 'src/domain/invoice/directive-table.ts',
    from: "bad_request: 'look_up',\n  unauthorized: 'park',",
    to: "bad_request: 'look_up',\n  unauthorized: 'refuse',",
    tests: [table],
  },
  {
    name: 'accepts another amount',
    file: 'src/domain/invoice/mismatches.ts',
    from: 'const isAmount = parsed.ok && sameMoney(parsed.money, ordered.amount);',
    to: 'const isAmount = true;',
    tests: [domain('invoice/mismatches')],
  },
  {
    name: 'accepts an invoice of the other mode',
    file: 'src/domain/invoice/mismatches.ts',
    from: 'mode(seen.testMode)',
    to: 'mode(ordered.testMode)',
    tests: [domain('invoice/mismatches')],
  },
  {
    name: 'takes less than the order for what is to be paid',
    file: 'src/domain/invoice/mismatches.ts',
    from: 'toPay < amount.minor',
    to: 'toPay < 0',
    tests: [domain('invoice/mismatches')],
  },
  {
    name: 'gives the fee on top back',
    file: 'src/domain/invoice/invoice-money.ts',
    from: 'clamp(paid - kept, paid)',
    to: 'paid',
    tests: [domain('invoice/invoice-money')],
  },
  {
    name: 'ignores Retry-After',
    file: 'src/paytone/retry-after.ts',
    from: 'return ms >= 0 ? Math.min(ms, longestRetryMs) : null;',
    to: 'return ms > longestRetryMs ? ms : null;',
    tests: [table],
  },
  {
    name: 'lets expired beat paid when it is seen later',
    file: 'src/domain/invoice/money-beats-none.ts',
    from: 'return [rank, snapshot.updated,',
    to: 'return [0 * rank, snapshot.updated,',
    tests: [domain('invoice/invoice-state')],
  },
  {
    name: 'asks at once again after a poll without an answer',
    file: 'src/domain/payment/agenda.ts',
    from: 'polls.lastAt + pauseAfterRejection(polls.failed - 1)',
    to: 'polls.lastAt + 1',
    tests: [domain('payment/poll-schedule')],
  },
  {
    name: 'forgets a callback that the platform has not answered',
    file: 'src/domain/payment/wake-ups.ts',
    from: '(isClaim(wakeUp) ? { ...wakeUp, isAsked: true } : contradictedOnceMore(wakeUp, askedAt))',
    to: 'contradictedOnceMore(wakeUp, askedAt)',
    tests: [domain('payment/wake-ups')],
  },
  {
    name: 'decides an unpaid end against a callback',
    file: 'src/domain/payment/derive-status.ts',
    from: 'owesMoneyAnswer(it) && ',
    to: 'false && ',
    tests: [domain('payment/wake-ups')],
  },
  {
    name: 'refunds what is on its way already',
    file: 'src/domain/payment/refundable.ts',
    from: 'money.left - sumOf(refundsOf(payment, watched).filter(mayStillBeDone))',
    to: 'money.left',
    tests: [domain('payment/refundable'), domain('payment/refund-ledger')],
  },
  {
    name: 'takes what had gone back before for a refund of ours',
    file: 'src/domain/payment/register-refund.ts',
    from: 'baseline: returnedOf(watched),',
    to: 'baseline: 0,',
    tests: [domain('payment/refund-progress'), domain('payment/refund-ledger')],
  },
  {
    name: 'gives every refund of a rule the same number',
    file: 'src/domain/payment/register-refund.ts',
    from: 'return earlier === 0 ? ',
    to: 'return earlier >= 0 ? ',
    tests: [domain('payment/resolve')],
  },
  {
    name: 'tells a payment as paid while it is to go back',
    file: 'src/domain/payment/derive-status.ts',
    from: 'if (!isReturning(payment, first)) return status;',
    to: "if (!isReturning(payment, first) || status === 'paid') return status;",
    tests: [domain('payment/unwanted-money')],
  },
  {
    name: 'tells the end of a review only where it changed something',
    file: 'src/domain/payment/owed-outcome.ts',
    from: 'return isReviewTold || ',
    to: 'return ',
    tests: [domain('payment/owed-outcome')],
  },
  {
    name: 'gives outcomes of two payments the same id',
    file: 'src/domain/identity.ts',
    from: '_${decidedAt.toString(36)}_',
    to: '_${decidedAt * 0}_',
    tests: [domain('payment/owed-outcome')],
  },
  {
    name: 'lets a decision settle what came after it',
    file: 'src/domain/payment/review-reasons.ts',
    from: '.filter(({ key }) => !settled.has(key))',
    to: '.filter(() => settled.size === 0)',
    tests: [domain('payment/resolve')],
  },
  {
    name: 'expires by its own clock, without a last poll',
    file: 'src/domain/payment/attempt-state.ts',
    from: 'if (seen) return stateOf(seen.snapshot);',
    to: "if (seen && expiresAt !== null && payment.clock >= expiresAt && stateOf(seen.snapshot) === 'open') return 'expired';\n  if (seen) return stateOf(seen.snapshot);",
    tests: [domain('payment/apply'), inTime],
  },
  {
    name: 'parks an outcome before its 78 h are over',
    file: 'src/domain/payment/delivery-retries.ts',
    from: 'if (gone || at >= end)',
    to: 'if (gone || at >= since)',
    tests: [inTime],
  },
  {
    name: 'believes every callback',
    file: 'src/paytone/signature.ts',
    from: 'return index === -1 ? null : index;',
    to: 'return Math.max(index, 0);',
    tests: ['test/paytone/callback.test.ts'],
  },
  {
    name: 'signals what the history holds already',
    file: 'src/payments/callback-inbox.ts',
    from: 'if (await this.#isDurable(reference, news)) return;',
    to: '',
    tests: ['test/system/cost.test.ts'],
  },
  {
    name: 'tells what was read before the payment changed',
    file: 'src/payments/payment-reader.ts',
    from: 'if (kept?.progress === keyOf(before, later)) return kept.record;',
    to: 'if (kept) return kept.record;',
    tests: ['test/system/reading.test.ts'],
  },
  {
    name: 'asks the worker at every read',
    file: 'src/payments/payment-reader.ts',
    from: 'if (kept?.progress === keyOf(before, later)) return kept.record;',
    to: 'if (kept?.progress === `${keyOf(before, later)}!`) return kept.record;',
    tests: ['test/system/reading.test.ts'],
  },
];
