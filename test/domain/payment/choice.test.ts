import { describe, expect, it } from 'vitest';
import { attemptMadeBy, faultsOfChoice } from '../../../src/domain/payment/choice.ts';
import { openPayment, withAttempt } from '../../../src/domain/payment/payment.ts';
import type { Service } from '../../../src/domain/payment/service.ts';
import type { Locale } from '../../../src/domain/payment/terms.ts';
import { apply } from '../../../src/domain/payment/apply.ts';
import { failureOf, inputOf, startedAt } from '../../support/payment-facts.ts';

const service = (more: Partial<Service> = {}): Service => ({
  code: 'bank',
  currency: 'USD',
  flow: 'hpp',
  method: { code: 'bank', name: { en: 'Bank' }, logo: null },
  fields: [
    {
      key: 'account',
      type: 'string',
      label: { en: 'Account', uk: 'Рахунок' },
      hint: { en: 'Enter your IBAN' },
      regexp: '^UA[0-9]+$',
      required: true,
      position: 0,
    },
  ],
  amountMin: { minor: 100, currency: 'USD' },
  amountMax: { minor: 10_000, currency: 'USD' },
  ...more,
});
const faults = (
  serviceFields: Record<string, string>,
  options: { minor?: number; locale?: Locale; offered?: Service; code?: string } = {},
) => {
  const { minor = 500, locale = 'en', offered = service(), code = 'bank' } = options;
  return faultsOfChoice([offered], {
    choice: { service: code, serviceFields },
    amount: { minor, currency: 'USD' },
    locale,
  });
};
const account = { account: 'UA1' };

describe('a choice', () => {
  it('is good at both limits', () => {
    expect(faults(account, { minor: 100 })).toEqual([]);
    expect(faults(account, { minor: 10_000 })).toEqual([]);
  });

  it.each<[string, ReturnType<typeof faults>, string, string]>([
    [
      'an unknown service',
      faults({}, { code: 'x' }),
      'service',
      'The payment method x is not available for this order.',
    ],
    ['a missing field', faults({}), 'serviceFields.account', 'Account: please fill in this field.'],
    [
      'an empty field',
      faults({ account: '' }),
      'serviceFields.account',
      'Account: please fill in this field.',
    ],
    [
      'a malformed field',
      faults({ account: 'x' }),
      'serviceFields.account',
      'Please check this field. Enter your IBAN',
    ],
    [
      'a field nobody asked for',
      faults({ ...account, x: '' }),
      'serviceFields.x',
      'This payment method does not use the field x.',
    ],
    [
      'a field named like a property',
      faults({ ...account, constructor: '1' }),
      'serviceFields.constructor',
      'This payment method does not use the field constructor.',
    ],
    ['too little', faults(account, { minor: 99 }), 'amount', 'This payment method starts at 1.00 USD.'],
    [
      'too much',
      faults(account, { minor: 10_001 }),
      'amount',
      'This payment method is limited to 100.00 USD.',
    ],
    [
      "a missing field, in the customer's language",
      faults({}, { locale: 'uk' }),
      'serviceFields.account',
      'Рахунок: будь ласка, заповніть це поле.',
    ],
  ])('is refused for %s', (_, found, field, message) => {
    expect(found).toEqual([{ field, message }]);
  });

  it('leaves limits in another currency and strange expressions to the platform', () => {
    const euro = service({ currency: 'EUR', amountMin: { minor: 100_000, currency: 'EUR' } });
    expect(faults(account, { offered: euro })).toEqual([]);
    const [field] = service().fields;
    const strange = service({ fields: field ? [{ ...field, regexp: '(?<' }] : [] });
    expect(faults(account, { offered: strange })).toEqual([]);
  });
});

describe('a choice that is asked for again', () => {
  const choice = { service: 'bank', serviceFields: { account: 'UA1' } };
  const opened = openPayment(inputOf({ service: undefined }), startedAt);
  const chosen = withAttempt(opened, choice);
  const declined = apply(chosen, {
    kind: 'creation_failed',
    attempt: 1,
    at: startedAt,
    failure: failureOf({ type: 'Refused', answer: 'unprocessable' }),
  });
  const again = withAttempt(declined, choice);

  it.each([
    ['before any attempt', opened, undefined, null],
    ['before any attempt, as the first', opened, 1, null],
    ['while it is made', chosen, undefined, 1],
    ['while it is made, as the first', chosen, 1, 1],
    ['while it is made, as the next', chosen, 2, null],
    ['after its attempt failed', declined, undefined, null],
    ['after its attempt failed, as the first', declined, 1, 1],
    ['after its attempt failed, as the next', declined, 2, null],
    ['once more', again, undefined, 2],
    ['once more, as the first', again, 1, 1],
  ])('%s', (_when, payment, attempt, made) => {
    expect(attemptMadeBy(payment, { choice, attempt })?.number ?? null).toBe(made);
  });

  it.each([
    [{ ...choice, service: 'card' }],
    [{ ...choice, serviceFields: {} }],
    [{ ...choice, serviceFields: { account: 'UA2' } }],
    [{ ...choice, serviceFields: { account: 'UA1', more: '' } }],
  ])('is another where it differs: %j', (other) => {
    expect(attemptMadeBy(chosen, { choice: other })).toBeNull();
    expect(attemptMadeBy(declined, { choice: other, attempt: 1 })).toBeNull();
  });
});
