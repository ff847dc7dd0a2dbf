import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import { formatMoney } from '../../src/domain/money.ts';
import { extensionHours } from '../../src/domain/payment/extend-watch.ts';
import type { Attention } from '../../src/domain/payment/attention.ts';
import type { Decision } from '../../src/domain/payment/decide.ts';
import { guidanceFor, type OfferedUpdate } from '../../src/domain/payment/guidance.ts';
import type { OperatorNote } from '../../src/domain/payment/operator-note.ts';
import {
  arrivalOf,
  lastLookOf,
  toOperatorView,
  watchEndOfPayment,
} from '../../src/domain/payment/operator-view.ts';
import { currentAttempt, type Payment } from '../../src/domain/payment/payment.ts';
import { isUndecided } from '../../src/domain/payment/statuses.ts';
import { shownAttempt, toPaymentView } from '../../src/domain/payment/to-payment-view.ts';
import { toIso } from '../../src/domain/time.ts';
import { attributesOf, expiryOf } from '../search-attributes.ts';

/** How a payment shows itself to operators. */
export class Display {
  #published: string;

  /** What the search attributes of its start say already needs no event of its own. */
  constructor(payment: Payment, decision: Decision) {
    this.#published = displayKey(payment, decision);
  }

  /** Publishes what changed; search attributes only where they differ, since each upsert is an event. */
  show(payment: Payment, decision: Decision): void {
    setCurrentDetails(detailsOf(payment, decision));
    const key = displayKey(payment, decision);
    if (key === this.#published) return;
    this.#published = key;
    upsertSearchAttributes(attributesOf(payment, decision));
  }
}

/** What is worth an event; the same for every payment that takes its course, until the platform was asked. */
function displayKey(payment: Payment, { status, attention }: Decision): string {
  if (isUndecided(status) && isOnCourse(payment, attention)) return 'as started';
  const attempt = currentAttempt(payment);
  return JSON.stringify([status, attention, attempt?.seen?.snapshot.invoiceId ?? null, expiryOf(payment)]);
}

function isOnCourse({ attempts, cancelReason }: Payment, attention: Attention | null): boolean {
  const [attempt, another] = attempts;
  if (another || cancelReason !== null || attention !== null) return false;
  if (!attempt) return true;
  const { creation, polls } = attempt;
  const isSmooth = creation.step === 'made' || (creation.step === 'create' && creation.tries.count === 0);
  return isSmooth && polls.done === 0 && attempt.absentAt === null;
}

/** The payment as the Temporal UI shows it (Markdown): what happened, what it means, what to do, until when. */
export function detailsOf(payment: Payment, decision: Decision): string {
  const view = toPaymentView(payment, decision);
  const { attention, next } = decision;
  const { means, toDo, offers } = guidanceFor(payment, decision);
  const attempt = shownAttempt(payment, view.status);
  const redirect = attempt?.redirect;
  const watchEnd = watchEndOfPayment(payment);
  const { terms, owner, policy } = payment.input;
  const { amount } = terms;
  const rows: [string, string | null][] = [
    ['Order', view.orderId],
    ['Order service', `${plain(owner)}, on the account ${policy.account}`],
    ['Amount', `${formatMoney(amount)} ${amount.currency}`],
    ['Status', `**${view.status}**${reasonText(payment, view)}`],
    ['It means', means],
    ['**Needs attention**', attention && `**${attention}**`],
    ['To do', toDo],
    ['Next', next && `${next.what}, until ${toIso(next.at)}`],
    ['Money', moneyText(view)],
    ['Told', toldText(payment)],
    ['Refunds', view.refunds.map(refundText).join(', ') || null],
    ['Decided by', view.decidedBy],
    ['Attempt', `${view.attempt}, reference ${view.referenceId}`],
    ['Service', view.service && plain(view.service)],
    ['Invoice', view.invoiceId],
    ['Redirect', redirect ? `given, by ${redirect.method}` : 'not given'],
    ['Last poll', lastLookOf(attempt)],
    ['Deadline', view.expiresAt],
    ['Polled until', watchEnd === null ? null : `${toIso(watchEnd)}, then \`review\``],
  ];
  const lines = rows.flatMap(([name, text]) => (text === null ? [] : `- ${name}: ${text}`));
  return [...lines, ...operatorLines(payment.operators), ...offers.flatMap(offerLines)].join('\n');
}

/** To be pasted into "Send an Update" as it stands. */
function offerLines({ update, decision, effect }: OfferedUpdate): string[] {
  const input = {
    ...(decision && { decision }),
    ...askedFor[update],
    by: 'your name',
    why: 'what you found',
  };
  const name = decision ? `\`${update}\`, ${decision}` : `\`${update}\``;
  return ['', `**${name}**: ${effect}.`, '', '```json', JSON.stringify(input), '```'];
}

const askedFor: Readonly<Partial<Record<OfferedUpdate['update'], object>>> = {
  'extend-watch': { hours: extensionHours.preset },
};

/** What the order service was told, and whether it arrived. */
function toldText(payment: Payment): string | null {
  const said = toOperatorView(payment).outcomes.map(
    (outcome) => `${outcome.status} as \`${outcome.id}\` ${arrivalOf(outcome)}`,
  );
  return said.length > 0 ? said.join(', ') : null;
}

type View = ReturnType<typeof toPaymentView>;

/** Why something was canceled, or refused by the platform, may name the customer: `paytone-payments show` tells it. */
function reasonText(payment: Payment, { status, reason }: View): string {
  const isRefused = status !== 'review' && currentAttempt(payment)?.creation.step === 'refused';
  const isCanceled = status === 'canceled' || status === 'canceling';
  return reason === null || isRefused || isCanceled ? '' : `: ${plain(reason)}`;
}

const moneyText = ({ money }: View): string | null =>
  money &&
  `paid ${money.paid} ${money.currency}, fee ${money.fee}, refunded ${money.refunded}, charged back ${money.chargedBack}`;

const refundText = ({ refundId, amount: { value }, status }: View['refunds'][number]): string =>
  `${refundId} ${value} ${status}`;

const mostShown = 10;

/** What others wrote, as one line of code: in it nothing is Markdown, a link or a line of ours. */
export const plain = (text: string): string =>
  `\`${text.replaceAll(/[\s\p{C}]+/gu, ' ').replaceAll('`', "'")}\``;

export function operatorLines(operators: readonly OperatorNote[]): string[] {
  if (operators.length === 0) return [];
  const shown = operators
    .slice(-mostShown)
    .map(({ at, by, what, why }) => `  - ${toIso(at)} ${plain(by)}: \`${what}\`, ${plain(why)}`);
  const hidden = operators.length - shown.length;
  return [`- Operators:${hidden > 0 ? ` (${hidden} earlier)` : ''}`, ...shown];
}
