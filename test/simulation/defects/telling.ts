import type { Told } from '../../../src/domain/payment/outcome.ts';
import { deciding, hearing, knowing, type Defect } from './planting.ts';

/** Changes an outcome as it is decided. */
const telling = (change: (told: Told, place: number) => Told): Defect =>
  hearing((event, { told }) =>
    event.kind === 'outcome_decided' ? { ...event, told: change(event.told, told.length) } : event,
  );

/** What order services are told: too often, wrongly, or not at all. */
export const tellingDefects: Readonly<Record<string, Defect>> = {
  'told-twice': knowing((after, event) => {
    const { outcome } = event.kind === 'outcome_decided' ? event.told : { outcome: null };
    if (event.kind !== 'outcome_decided' || !outcome) return after;
    const id = outcome.id.replace(/\d+$/, String(after.told.length + 1));
    return { ...after, told: [...after.told, { ...event.told, outcome: { ...outcome, id } }] };
  }),
  'supersedes-left-out': telling((told) => {
    if (!told.outcome) return told;
    const { id, type, timestamp, data } = told.outcome;
    return { ...told, outcome: { id, type, timestamp, data } };
  }),
  'supersedes-the-first': telling((told) => {
    const supersedes = told.outcome?.supersedes?.replace(/\d+$/, '1');
    return told.outcome && supersedes !== undefined
      ? { ...told, outcome: { ...told.outcome, supersedes } }
      : told;
  }),
  'outcome-id-used-again': telling((told) =>
    told.outcome ? { ...told, outcome: { ...told.outcome, id: told.outcome.id.replace(/\d+$/, '1') } } : told,
  ),
  'outcome-changes-on-its-way': deciding((decision, { clock }) =>
    decision.action?.kind === 'deliver'
      ? {
          ...decision,
          action: {
            ...decision.action,
            outcome: { ...decision.action.outcome, timestamp: String(clock) },
          },
        }
      : decision,
  ),
  'not-delivered-is-delivered': hearing((event) =>
    event.kind === 'delivery_failed'
      ? { kind: 'outcome_delivered', place: event.place, at: event.at }
      : event,
  ),
  'parked-for-ever': hearing((event) => (event.kind === 'redelivery_asked' ? null : event)),
  'unpaid-although-money-is-claimed': deciding((decision, payment, core) => {
    const deaf = {
      ...payment,
      attempts: payment.attempts.map((attempt) => ({ ...attempt, wakeUps: [] })),
    };
    const hasty = core.decide(deaf);
    return hasty.action?.kind === 'decide_outcome' ? hasty : decision;
  }),
  'end-of-review-not-told': deciding((decision, { told }) => {
    const effective = told.findLast(({ status }) => status !== 'review');
    const isSame =
      decision.action?.kind === 'decide_outcome' && decision.action.told.status === effective?.status;
    return isSame && told.at(-1)?.status === 'review' ? { ...decision, action: null } : decision;
  }),
  'returned-told-as-paid': telling((told) =>
    told.outcome && told.status === 'refunded'
      ? { ...told, outcome: { ...told.outcome, type: 'payment.paid' } }
      : told,
  ),
  'money-left-out': telling((told) =>
    told.outcome
      ? { ...told, outcome: { ...told.outcome, data: { ...told.outcome.data, money: null } } }
      : told,
  ),
};
