export type MoneyMovedStatus =
  'refunding' | 'refunded' | 'partially_refunded' | 'charged_back' | 'partially_charged_back';
export const paymentStatuses = [
  'choosing',
  'creating',
  'awaiting_payment',
  'canceling',
  'review',
  'paid',
  'verified',
  'failed',
  'expired',
  'canceled',
  'refunding',
  'refunded',
  'partially_refunded',
  'charged_back',
  'partially_charged_back',
] as const;
export type PaymentStatus = (typeof paymentStatuses)[number];

/** What order services are told. */
export const outcomeStatuses = [
  'paid',
  'verified',
  'failed',
  'expired',
  'canceled',
  'review',
  'refunded',
  'partially_refunded',
  'charged_back',
  'partially_charged_back',
] as const satisfies readonly PaymentStatus[];
export type OutcomeStatus = (typeof outcomeStatuses)[number];

/** Where the knowledge that decided a payment came from (docs/contract.md §3). */
export type Source = 'callback' | 'return' | 'poll' | 'expiry' | 'operator' | 'sweep';

const waiting: readonly PaymentStatus[] = ['choosing', 'creating', 'awaiting_payment', 'canceling', 'review'];

/** The payment waits for something other than its own money: nothing is decided yet. */
export const isUndecided = (status: PaymentStatus): boolean => waiting.includes(status);

/** What has come of the payment, or of its money: nothing is on its way. */
export const isTellable = (status: PaymentStatus): status is Exclude<OutcomeStatus, 'review'> =>
  !isUndecided(status) && status !== 'refunding';

export const isUnpaid = (status: PaymentStatus | null): status is 'failed' | 'expired' | 'canceled' =>
  status === 'failed' || status === 'expired' || status === 'canceled';

/** Money that went back, or is on its way. */
export const isMoved = (status: PaymentStatus): status is MoneyMovedStatus =>
  !isUndecided(status) && !isUnpaid(status) && status !== 'paid' && status !== 'verified';
