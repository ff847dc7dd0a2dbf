import type { Evidence, Violation } from '../evidence.ts';
import { checkAnswers } from './answers.ts';
import { checkAsking } from './asking.ts';
import { checkRefunds } from './refunds.ts';
import { checkRest } from './rest.ts';
import { checkGivenUp, checkIntent, checkStatuses } from './statuses.ts';
import { checkTelling } from './telling.ts';

/**
 * Reads the platform's ledger and log, the receiver's log and the payment's answers, and shares no code with the product:
 * what both sides got wrong together is seen all the same.
 */
export function check(evidence: Evidence): Violation[] {
  const faults = evidence.faults.map((text) => ({ rule: 'runs on', text: `the payment ${text}` }));
  if (faults.length > 0) return faults;
  const rules = [
    checkTelling,
    checkRest,
    checkIntent,
    checkGivenUp,
    checkStatuses,
    checkRefunds,
    checkAsking,
    checkAnswers,
  ];
  return rules.flatMap((rule) => rule(evidence));
}
