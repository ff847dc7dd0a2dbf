import type { Payment } from 'paytone-payments-http';
import { Html, html } from '../../http/html.ts';
import { adviceOn } from './advice.ts';
import { canChoose } from './choice-page.ts';
import { amountText, frame } from './frame.ts';
import type { ReceivedOutcome } from './outcomes.ts';
import { timeLeftText } from './time-left.ts';
import { shopWords, type ShopLocale, type ShopWords } from './words.ts';

export interface StatusParts {
  readonly payment: Payment;
  readonly told: readonly ReceivedOutcome[];
  readonly locale: ShopLocale;
  /** The payment page sent the customer back while the bank had not answered. */
  readonly isPending: boolean;
}

const notes: Readonly<Partial<Record<Payment['status'], keyof ShopWords>>> = {
  creating: 'creatingText',
  canceling: 'cancelingText',
  expired: 'expiredText',
  review: 'reviewText',
  refunding: 'refundText',
  refunded: 'refundText',
  partially_refunded: 'refundText',
};

/** The status in the customer's words, and what it means for the customer. */
function wordsFor(payment: Payment, text: ShopWords, isPending: boolean): { title: string; note: string } {
  const { status, reason } = payment;
  if (isPending) return { title: text.pending, note: text.pendingText };
  if (status === 'choosing' && reason !== null) {
    const { title, advice } = adviceOn(payment, text);
    return { title, note: advice };
  }
  if (status === 'failed') {
    const advice = payment.decline === null ? '' : ` ${adviceOn(payment, text).advice}`;
    return { title: text.failed, note: `${text.failedText}${advice}` };
  }
  const note = notes[status];
  return { title: text[status], note: note === undefined ? '' : text[note] };
}

/** The ways on from here. */
function waysOn(parts: StatusParts): Html {
  const { payment, locale } = parts;
  const text = shopWords[locale];
  const mayRefund = payment.status === 'paid' || payment.status === 'partially_refunded';
  return html`${canChoose(payment) && waysToPay(parts)}
  ${
    mayRefund &&
    html`<form method="post" action="/orders/${payment.orderId}/refund">
      <button class="quiet">${text.refund}</button>
    </form>`
  }`;
}

function waysToPay({ payment: { orderId, redirect, reason }, locale, isPending }: StatusParts): Html {
  const text = shopWords[locale];
  const isFirst = redirect === null && reason === null;
  const another = isPending
    ? html`<a href="/orders/${orderId}/choose">${text.notFinished}</a>`
    : html`<a class="button${redirect && ' quiet'}" href="/orders/${orderId}/choose"
        >${isFirst ? text.chooseNow : text.again}</a
      >`;
  return html`${!isPending && redirect && html`<p><a class="button" href="/orders/${orderId}/pay">${text.toPayment}</a></p>`}
    <p>${another}</p>
    <form method="post" action="/orders/${orderId}/cancel">
      <button class="quiet">${text.cancel}</button>
    </form>`;
}

/** What the page shows, and shows anew: the words are chosen here, the script only puts them in place. */
export function statusData(parts: StatusParts) {
  const { payment, told, locale } = parts;
  const text = shopWords[locale];
  const isPending = parts.isPending && payment.status === 'awaiting_payment';
  const { title, note } = wordsFor(payment, text, isPending);
  const isConfirmed = told.some(({ type }) => type === `payment.${payment.status}`);
  return {
    status: payment.status,
    title: `${title} · ${text.order} ${payment.orderId}`,
    text: title,
    note,
    confirmed: isConfirmed ? text.confirmed : '',
    left: isPending ? '' : timeLeftText(payment, locale, Date.now()),
    ways: waysOn({ ...parts, isPending }).text,
  };
}

export function statusPage(parts: StatusParts): string {
  const { payment, locale } = parts;
  const text = shopWords[locale];
  const { orderId, amount } = payment;
  const shown = statusData(parts);
  return frame(
    { locale, title: shown.title, here: `/orders/${orderId}${parts.isPending ? '?returned=pending' : ''}` },
    html`<p class="order">${text.order} ${orderId}</p>
      <h1>${amountText(amount.value, amount.currency, locale)}</h1>
      <div class="status" role="status" aria-atomic="true" tabindex="-1" data-order="${orderId}">
        <h2 data-testid="status" data-status="${shown.status}">${shown.text}</h2>
        <p data-testid="reason">${shown.note}</p>
        <p class="confirmed" data-testid="confirmed">${shown.confirmed}</p>
      </div>
      <p class="left" role="timer" data-testid="left">${shown.left}</p>
      <div data-testid="ways">${new Html(shown.ways)}</div>
      <p><a href="/">${text.home}</a></p>
      <script src="/assets/status.js" defer></script>`,
  );
}
