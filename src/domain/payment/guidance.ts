import { refusalOfResolve } from './refusal-of-resolve.ts';
import type { Attention } from './attention.ts';
import type { Judgment, Payment } from './payment.ts';
import type { PaymentStatus } from './statuses.ts';

/** An update that an operator may send as it stands, once the name and the reason are filled in. */
export interface OfferedUpdate {
  readonly update: 'resolve' | 'redeliver-outcome' | 'acknowledge' | 'reconcile-now' | 'extend-watch';
  readonly decision?: Judgment['decision'];
  /** To the shop and the customer. */
  readonly effect: string;
}

/** What a payment's state means for people, and what they can do about it. */
export interface Guidance {
  readonly means: string;
  /** Null where there is nothing to do. */
  readonly toDo: string | null;
  readonly offers: readonly OfferedUpdate[];
}

const meaningOfStatus: Readonly<Record<PaymentStatus, string>> = {
  choosing: 'the customer has not chosen a method yet',
  creating: 'the platform has not confirmed the invoice yet; no customer can pay it',
  awaiting_payment: 'the customer may pay; the platform is asked on schedule',
  canceling: 'the order was given up, and the platform may still take money for it until the invoice ends',
  paid: 'the platform holds the money',
  verified: 'the platform verified the method; no money moved',
  failed: 'no money was taken',
  expired: 'nobody paid in time',
  canceled: 'the order was given up, and no money is kept',
  review: 'what the platform says is not what was ordered: a person decides',
  refunding: 'money is on its way back to the customer',
  refunded: 'all of the money went back to the customer',
  partially_refunded: 'a part of the money went back to the customer',
  charged_back: "the customer's bank took the money back",
  partially_charged_back: "the customer's bank took a part of the money back",
};

const effects: Readonly<Record<Judgment['decision'], string>> = {
  accept:
    'counts as paid with what the platform holds: the shop is told so, the customer gets the goods; an open invoice stays to be paid',
  reject:
    'the money is not for this order: the shop is told the end without it; the money stays at the platform',
  refund:
    'the money goes back to the customer, as far as the platform allows; the shop is told what became of it',
};

const redeliverOffer: OfferedUpdate = {
  update: 'redeliver-outcome',
  effect: 'the shop gets the outcome once more, under the id that it had; nothing changes for the customer',
};
const askNow: OfferedUpdate = {
  update: 'reconcile-now',
  effect: 'the platform is asked at once; nothing else changes',
};
const watchOn: OfferedUpdate = {
  update: 'extend-watch',
  effect: 'the platform is asked for 24 h longer before a person has to decide; the shop waits',
};
const acknowledgeOffer: OfferedUpdate = {
  update: 'acknowledge',
  effect: 'the refused refund is seen to: the money stays where it is, and nobody is reminded again',
};

const guides: Readonly<Record<Exclude<Attention, 'review'>, Guidance>> = {
  'refund-refused': {
    means: 'the platform refused a refund, and the customer still waits for the money',
    toDo: "see the reason with `paytone-payments show`; give it in Paytone's dashboard, or ask for another refund",
    offers: [acknowledgeOffer],
  },
  credentials: {
    means: 'Paytone rejects the keys; nothing is decided until it takes them',
    toDo: 'check PAYTONE_ACCOUNT_ID and the keys; the payment goes on by itself',
    offers: [askNow],
  },
  'platform-silent': {
    means: 'Paytone does not answer; nothing is decided until it does',
    toDo: 'ask Paytone for the state of this invoice',
    offers: [askNow, watchOn],
  },
  'outcome-failing': {
    means: 'the shop does not take what it is told; it is tried again by itself for 78 h',
    toDo: "mend the shop's receiver, then have it told at once",
    offers: [redeliverOffer],
  },
  'outcome-parked': {
    means:
      'the shop took an outcome neither in 78 h nor ever (410); money may have moved that it does not know of',
    toDo: "mend the shop's receiver, then have it told",
    offers: [redeliverOffer],
  },
};

export function guidanceFor(
  payment: Payment,
  { status, attention }: { readonly status: PaymentStatus; readonly attention: Attention | null },
): Guidance {
  const isReview = status === 'review';
  if (attention !== null && attention !== 'review') {
    const guide = guides[attention];
    return isReview ? { ...guide, offers: [...guide.offers, ...judgments(payment)] } : guide;
  }
  const means = meaningOfStatus[status];
  if (!isReview) return { means, toDo: null, offers: [] };
  const toDo = "compare both sides with Paytone's dashboard, then decide";
  return { means, toDo, offers: judgments(payment) };
}

/** The decisions that would be taken. */
const judgments = (payment: Payment): OfferedUpdate[] =>
  (['accept', 'reject', 'refund'] as const)
    .filter((decision) => refusalOfResolve(payment, decision) === null)
    .map((decision) => ({ update: 'resolve', decision, effect: effects[decision] }));
