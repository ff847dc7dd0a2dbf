import { deciding, hearing, knowing, type Defect } from './planting.ts';

/** What is asked of the platform: too little, too often, or without looking first. */
export const askingDefects: Readonly<Record<string, Defect>> = {
  'callback-dropped': hearing((event) =>
    event.kind === 'woken' && event.wakeUp.source === 'callback' ? null : event,
  ),
  'callback-of-earlier-attempt-dropped': hearing((event, { attempts }) =>
    event.kind === 'woken' && event.attempt < attempts.length ? null : event,
  ),
  'stray-callback-dropped': hearing((event, { attempts }) =>
    event.kind === 'woken' && event.attempt > attempts.length ? null : event,
  ),
  'any-answer-answers-a-callback': knowing((after, event) =>
    event.kind === 'polled'
      ? { ...after, attempts: after.attempts.map((attempt) => ({ ...attempt, wakeUps: [] })) }
      : after,
  ),
  'created-again-without-look-up': hearing((event) =>
    event.kind === 'creation_failed' && event.failure.type === 'ResultUnknown'
      ? { ...event, failure: { ...event.failure, type: 'RateLimited' } }
      : event,
  ),
  'look-up-not-believed': hearing((event) =>
    event.kind === 'looked_up' ? { ...event, invoice: null } : event,
  ),
  'no-pause-after-unknown-create': knowing((after, event) =>
    event.kind === 'creation_failed' || event.kind === 'look_up_failed'
      ? {
          ...after,
          attempts: after.attempts.map((attempt) =>
            attempt.creation.step === 'look_up'
              ? {
                  ...attempt,
                  creation: { ...attempt.creation, lookUps: { ...attempt.creation.lookUps, notBefore: 0 } },
                }
              : attempt,
          ),
        }
      : after,
  ),
  'no-pause-after-unanswered-refund': knowing((after, event) =>
    event.kind === 'refund_unanswered'
      ? {
          ...after,
          refunds: after.refunds.map((refund) =>
            refund.life.state === 'asked'
              ? { ...refund, life: { ...refund.life, tries: { ...refund.life.tries, notBefore: 0 } } }
              : refund,
          ),
        }
      : after,
  ),
  'no-deadline-while-awaiting': deciding((decision) =>
    decision.status === 'awaiting_payment' && !decision.action ? { ...decision, next: null } : decision,
  ),
  'no-deadline-in-review': deciding((decision) =>
    decision.status === 'review' && !decision.action ? { ...decision, next: null } : decision,
  ),
  'timers-not-heard': hearing((event) => (event.kind === 'time_passed' ? null : event)),
  'closed-while-refunding': deciding((decision) =>
    decision.status === 'refunding' && !decision.action
      ? { ...decision, next: null, isOver: true }
      : decision,
  ),
};
