import type { Payment, PaymentProblem } from 'paytone-payments-http';
import { html, type Html } from '../../http/html.ts';
import { adviceOn } from './advice.ts';
import { amountText, frame } from './frame.ts';
import { timeLeftText } from './time-left.ts';
import { shopWords, type ShopLocale } from './words.ts';

type Service = Payment['services'][number];

/** A choice that was refused, to be corrected. */
export interface RefusedChoice {
  readonly service: string;
  readonly serviceFields: Readonly<Record<string, string>>;
  readonly faults: PaymentProblem['errors'];
}

export const canChoose = ({ status }: Pick<Payment, 'status'>): boolean =>
  status === 'choosing' || status === 'awaiting_payment';

/** Tests of the platform are none of a customer's ways to pay. */
const isForCustomers = ({ flow }: Service): boolean => flow !== 'test';

const isOfField = ({ field }: PaymentProblem['errors'][number]): boolean =>
  field.startsWith('serviceFields.');

function fieldInputs(service: Service, locale: ShopLocale, refused: RefusedChoice | null): Html[] {
  const mine = refused?.service === service.code ? refused : null;
  const wrong = mine?.faults.filter(isOfField).map(({ field }) => field) ?? [];
  return service.fields.map(({ key, label, hint, regexp, required }) => {
    const field = `serviceFields.${key}`;
    const id = `${service.code}-${key}`;
    return html`<label for="${id}">${label[locale] ?? key}</label>
      <input
        id="${id}"
        name="${key}"
        value="${mine?.serviceFields[key]}"
        ${required && html`required`}
        ${regexp !== null && html`pattern="${regexp}"`}
        ${hint && html`title="${hint[locale]}"`}
        ${wrong.includes(field) && html`aria-invalid="true"`}
        ${wrong[0] === field && html`autofocus`}
        aria-describedby="${id}-fault ${id}-hint"
      />
      <p class="fault" id="${id}-fault">${wrong.includes(field) && shopWords[locale].fieldRefused}</p>
      <p class="hint" id="${id}-hint">${hint?.[locale]}</p>`;
  });
}

/** What stands above the ways to pay: the last refusal, and whether this choice was refused as a whole. */
function warnings(payment: Payment, locale: ShopLocale, refused: RefusedChoice | null): Html {
  const text = shopWords[locale];
  const isWhole = refused !== null && !refused.faults.some(isOfField);
  const { title, advice } = adviceOn(payment, text);
  return html`${payment.reason !== null && html`<p class="fault">${title}. ${advice}</p>`}
  ${isWhole && html`<p class="fault" role="alert" tabindex="-1" autofocus>${text.choiceRefused}</p>`}`;
}

export function choicePage(
  payment: Payment,
  locale: ShopLocale,
  refused: RefusedChoice | null = null,
): string {
  const text = shopWords[locale];
  const { orderId, amount } = payment;
  // A second click or the browser's way back then makes no second attempt.
  const next = payment.service === null ? 1 : payment.attempt + 1;
  const services = payment.services.filter(isForCustomers);
  const methods = services.map((service) => {
    const name = service.method.name[locale] ?? service.method.code;
    return html`<li>
      <form method="post" action="/orders/${orderId}/method">
        <div class="method">
          ${service.method.logo !== null && html`<img src="${service.method.logo}" alt="" width="44" height="44" />`}
          <h3>${name}</h3>
        </div>
        <input type="hidden" name="attempt" value="${next}" />
        ${fieldInputs(service, locale, refused)}
        <button name="service" value="${service.code}" aria-label="${text.pay}: ${name}">${text.pay}</button>
      </form>
    </li>`;
  });
  return frame(
    {
      locale,
      title: `${refused ? `${text.error}: ` : ''}${text.choose} · ${text.order} ${orderId}`,
      here: `/orders/${orderId}/choose`,
    },
    html`<p class="order">${text.order} ${orderId}</p>
      <h1>${amountText(amount.value, amount.currency, locale)}</h1>
      ${warnings(payment, locale, refused)}
      <h2>${text.choose}</h2>
      <div data-order="${orderId}" data-while="choosing creating awaiting_payment">
        <p class="left" role="timer" data-testid="left">${timeLeftText(payment, locale, Date.now())}</p>
      </div>
      ${
        services.length === 0
          ? html`<p>${text.noMethods}</p>`
          : html`<ul class="methods">
              ${methods}
            </ul>`
      }
      <p><a href="/orders/${orderId}">${text.toOrder}</a></p>
      <script src="/assets/status.js" defer></script>`,
  );
}
