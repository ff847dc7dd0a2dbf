import type { Attempt } from '../../../src/domain/payment/payment.ts';
import { carrying, type Defect } from './planting.ts';

/** What continue-as-new forgets. */
export const memoryDefects: Readonly<Record<string, Defect>> = {
  'forgets-what-was-told': carrying((payment) => ({ ...payment, told: [] })),
  'forgets-the-last-outcome': carrying((payment) => ({ ...payment, told: payment.told.slice(0, -1) })),
  'forgets-refunds': carrying((payment) => ({ ...payment, refunds: [] })),
  'forgets-judgments': carrying((payment) => ({ ...payment, judgments: [] })),
  'forgets-the-cancel': carrying((payment) => ({ ...payment, cancelReason: null })),
  'forgets-strays': carrying((payment) => ({ ...payment, strays: [] })),
  'forgets-wake-ups': carrying((payment) => ({
    ...payment,
    attempts: payment.attempts.map((attempt) => ({ ...attempt, wakeUps: [] })),
  })),
  'forgets-what-was-seen': carrying((payment) => ({
    ...payment,
    attempts: payment.attempts.map((attempt) => ({ ...attempt, seen: null })),
  })),
  'forgets-earlier-attempts': carrying((payment) => ({
    ...payment,
    attempts: payment.attempts.map((attempt, index): Attempt =>
      index < payment.attempts.length - 1
        ? { ...attempt, seen: null, creation: { step: 'refused', messages: [] } }
        : attempt,
    ),
  })),
  'forgets-that-a-create-is-unknown': carrying((payment) => ({
    ...payment,
    attempts: payment.attempts.map((attempt): Attempt =>
      attempt.creation.step === 'look_up'
        ? { ...attempt, creation: { step: 'create', tries: attempt.creation.tries, isBegun: false } }
        : attempt,
    ),
  })),
};
