import type { Payment } from 'paytone-payments-http';
import { html } from '../../http/html.ts';
import { frame } from './frame.ts';
import { shopWords, type ShopLocale, type ShopWords } from './words.ts';

/** The redirect by POST: a form of hidden fields that sends itself, with a button where scripts are off. */
export const redirectPage = (
  { orderId }: Payment,
  redirect: NonNullable<Payment['redirect']>,
  locale: ShopLocale,
): string =>
  frame(
    { locale, title: shopWords[locale].toPayment, here: `/orders/${orderId}/pay` },
    html`<h1>${shopWords[locale].toPayment}</h1>
      <form id="redirect" method="post" action="${redirect.url}">
        ${Object.entries(redirect.fields).map(
          ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
        )}
        <button>${shopWords[locale].pay}</button>
      </form>
      <script src="/assets/redirect.js" defer></script>`,
  );

const messages = {
  /** The order API is out of reach: nothing of the order is lost. */
  outage: ['outage', 'outageText'],
  unknownOrder: ['unknownOrder', 'unknownOrderText'],
  unknownPage: ['unknownPage', null],
  tooLate: ['tooLate', 'tooLateText'],
  badForm: ['badForm', 'badFormText'],
} as const satisfies Record<string, readonly [keyof ShopWords, keyof ShopWords | null]>;

export type Message = keyof typeof messages;

interface MessageParts {
  readonly locale: ShopLocale;
  /** Where the page can be asked for again. */
  readonly here: string;
  /** The order that the message is about. */
  readonly orderId: string | null;
}

/** Something did not work: what, and where to go from here. */
export function messagePage(message: Message, { locale, here, orderId }: MessageParts): string {
  const text = shopWords[locale];
  const [title, more] = messages[message];
  const isOfOrder = orderId !== null && message !== 'unknownOrder';
  return frame(
    { locale, title: text[title], here },
    html`<h1>${text[title]}</h1>
      ${more && html`<p>${text[more]}</p>`}
      ${isOfOrder && html`<p><a href="/orders/${orderId}">${text.toOrder}</a></p>`}
      <p><a href="/">${text.home}</a></p>`,
  );
}
