import { agendaOf, type Action, type Item } from './agenda.ts';
import { attentionOf, type Attention } from './attention.ts';
import { reviewReasonsOf, type ReviewReason } from './review-reasons.ts';
import type { Payment } from './payment.ts';
import { isUndecided, type PaymentStatus, type Source } from './statuses.ts';
import { reasonOf } from './status-reason.ts';
import { statusOf } from './derive-status.ts';

/** Everything that follows from what is known. */
export interface Decision {
  /** What everyone is told. */
  readonly status: PaymentStatus;
  readonly decidedBy: Source | null;
  readonly reason: string | null;
  /** Why a person has to look. */
  readonly reviewReasons: readonly ReviewReason[];
  readonly attention: Attention | null;
  /** What to do now; null where there is nothing. */
  readonly action: Action | null;
  /** When to ask again if nothing happens, and what is waited for until then. */
  readonly next: Pick<Item, 'at' | 'what'> | null;
  /** Nothing is left to do, and nothing is waited for. */
  readonly isOver: boolean;
}

/** Decides everything, once for each fact; whoever drives it does what it says and tells it what happened. */
export function decide(payment: Payment): Decision {
  const { clock } = payment;
  const reviewReasons = reviewReasonsOf(payment);
  const status = statusOf(payment, reviewReasons);
  const agenda = agendaOf(payment, { status, reviewReasons });
  const action = agenda.find((item) => item.at <= clock && item.action !== null)?.action ?? null;
  const next = earliest(agenda.filter(({ at }) => at > clock));
  const attention = attentionOf(payment, reviewReasons);
  const isOver = !isUndecided(status) && attention === null && action === null && next === null;
  const reason = reasonOf(payment, status, reviewReasons);
  const decidedBy = isUndecided(status) ? null : payment.decidedBy;
  return { status, decidedBy, reason, reviewReasons, attention, action, next, isOver };
}

const earliest = (items: readonly Item[]): Item | null =>
  items.reduce<Item | null>((first, item) => (first && first.at <= item.at ? first : item), null);
