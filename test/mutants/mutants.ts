/** One break of the product, and the tests that must see it. */
export interface Mutant {
  readonly name: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  readonly tests: readonly string[];
}

const table = 'test/workflow/directive-table.test.ts';
const reducer = 'test/domain/reduce.test.ts';

export const mutants: readonly Mutant[] = [
  {
    name: 'repeats a create without looking first',
    file: 'workflows/creating.ts',
    from: 'return isUnknown(failure) && lookedUp(run, attempt);',
    to: 'return false;',
    tests: [table],
  },
  {
    name: 'lets Temporal repeat a create',
    file: 'workflows/activity-options.ts',
    from: 'createOptions: ActivityOptions = { startToCloseTimeout, retry: { maximumAttempts: 1 } }',
    to: 'createOptions: ActivityOptions = { startToCloseTimeout, retry: { maximumAttempts: 3 } }',
    tests: [table, 'test/workflow/any-answers.test.ts'],
  },
  {
    name: 'treats 409 as a failure',
    file: 'src/domain/invoice/directive.ts',
    from: "conflict: 'adopt',",
    to: "conflict: 'refuse',",
    tests: [table],
  },
  {
    name: 'fails the order for rejected credentials',
    file: 'src/domain/invoice/directive.ts',
    from: "bad_request: 'look_up',\n  unauthorized: 'park',",
    to: "bad_request: 'look_up',\n  unauthorized: 'refuse',",
    tests: [table],
  },
  {
    name: 'accepts another amount',
    file: 'src/domain/invoice/matching.ts',
    from: 'const equal = parsed.ok && sameMoney(parsed.money, ordered);',
    to: 'const equal = true;',
    tests: [reducer],
  },
  {
    name: 'accepts an invoice of the other mode',
    file: 'src/domain/invoice/matching.ts',
    from: "seen.testMode ? 'test' : 'live'",
    to: "policy.testMode ? 'test' : 'live'",
    tests: [reducer],
  },
  {
    name: 'ignores Retry-After',
    file: 'src/paytone/answer.ts',
    from: 'return ms >= 0 ? Math.min(ms, longestRetryMs) : null;',
    to: 'return ms > longestRetryMs ? ms : null;',
    tests: [table],
  },
  {
    name: 'lets expired beat paid when it is seen later',
    file: 'src/domain/invoice/invoice-state.ts',
    from: 'return [finality[standing], snapshot.updated,',
    to: 'return [0 * finality[standing], snapshot.updated,',
    tests: [reducer],
  },
  {
    name: 'gives a failed local try up',
    file: 'workflows/first-try.ts',
    from: 'return call.regularly(lessOneTry(options, pauseMs));',
    to: 'throw error;',
    tests: ['test/system/first-try.test.ts'],
  },
  {
    name: 'goes on at once after a failed local try',
    file: 'workflows/first-try.ts',
    from: 'await sleep(pauseMs,',
    to: 'await sleep(1,',
    tests: ['test/system/first-try.test.ts'],
  },
  {
    name: 'signals what the history holds already',
    file: 'src/temporal/callback-inbox.ts',
    from: 'if (await this.#isDurable(reference, news)) return;',
    to: '',
    tests: ['test/system/cost.test.ts'],
  },
  {
    name: 'believes every callback',
    file: 'src/paytone/signature.ts',
    from: 'return index === -1 ? null : index;',
    to: 'return Math.max(index, 0);',
    tests: ['test/paytone/callback.test.ts'],
  },
  {
    name: 'expires by its own clock, without a last look',
    file: 'workflows/watching.ts',
    from: 'const overdue = at >= expiresAt;',
    to: "const overdue = at >= expiresAt;\n  if (overdue) return run.apply({ kind: 'observed', attempt: attempt.number, source: 'expiry', snapshot: { ...attempt.seen!, status: 'expired' } });",
    tests: ['test/workflow/payment-in-time.test.ts'],
  },
  {
    name: 'parks an outcome before its 78 h are over',
    file: 'workflows/telling.ts',
    from: "if (delivery !== 'failed' || left <= 0) return delivery;",
    to: 'return delivery;',
    tests: ['test/workflow/payment-in-time.test.ts'],
  },
  {
    name: 'tells what was read before the payment changed',
    file: 'src/temporal/payment-reader.ts',
    from: 'if (kept?.progress === progress) return kept.record;',
    to: 'if (kept) return kept.record;',
    tests: ['test/system/reading.test.ts'],
  },
  {
    name: 'asks the worker at every read',
    file: 'src/temporal/payment-reader.ts',
    from: 'if (kept?.progress === progress) return kept.record;',
    to: 'if (kept?.progress === `${progress}!`) return kept.record;',
    tests: ['test/system/reading.test.ts'],
  },
];
