/** Decimals of the currencies that the sandbox's services take (ISO 4217). */
export const decimals: Readonly<Record<string, number>> = { USD: 2, EUR: 2, UAH: 2, JPY: 0, KWD: 3 };

interface Text {
  readonly en: string;
  readonly uk: string;
  readonly ru: string;
}

interface SandboxField {
  readonly key: string;
  readonly type: string;
  readonly label: Text;
  readonly example: string | null;
  readonly hint: Text;
  readonly regexp: string;
  readonly required: boolean;
  readonly position: number;
}

export interface SandboxService {
  readonly id: string;
  readonly code: string;
  readonly method: string;
  readonly flow: 'hpp' | 'test';
  readonly currency: string;
  readonly fields: readonly SandboxField[];
  readonly amountMin: number;
  readonly amountMax: number;
  /** How `flow_data` sends the customer to the hosted page. */
  readonly redirect: 'GET' | 'POST';
}

const statusField: SandboxField = {
  key: 'status',
  type: 'string',
  label: { ru: 'Статус', en: 'Status', uk: 'Статус' },
  example: null,
  hint: { ru: 'Введите статус', en: 'Enter Status', uk: 'Введіть статус' },
  regexp: '^[a-zA-Z_]*$',
  required: true,
  position: 0,
};
const accountField: SandboxField = {
  key: 'account_number',
  type: 'string',
  label: { en: 'Account number (IBAN)', uk: 'Номер рахунку (IBAN)', ru: 'Номер счёта (IBAN)' },
  example: 'UA213223130000026007233566001',
  hint: {
    en: 'Two letters and 13 to 32 digits',
    uk: 'Дві літери та від 13 до 32 цифр',
    ru: 'Две буквы и от 13 до 32 цифр',
  },
  regexp: '^[A-Z]{2}[0-9]{13,32}$',
  required: true,
  position: 0,
};

function service(
  [method, currency, flow]: readonly [string, string, 'hpp' | 'test'],
  more: Partial<SandboxService> = {},
): SandboxService {
  const code = `${method}_${currency.toLowerCase()}_${flow}`;
  return {
    id: `comcps_${code.replaceAll('_', '')}`,
    code,
    method,
    flow,
    currency,
    fields: [],
    amountMin: 10 ** -(decimals[currency] ?? 2),
    amountMax: 1_000_000,
    redirect: 'GET',
    ...more,
  };
}

export const services: readonly SandboxService[] = [
  ...Object.keys(decimals).map((currency) => service(['payment_card', currency, 'hpp'])),
  ...['USD', 'EUR'].map((currency) =>
    service(['paypal', currency, 'hpp'], { redirect: 'POST', amountMin: 1 }),
  ),
  service(['bank_transfer', 'USD', 'hpp'], { fields: [accountField], amountMin: 10 }),
  service(['test', 'USD', 'test'], { fields: [statusField], amountMax: 9_999_999 }),
];

export const serviceByCode = (code: string): SandboxService | undefined =>
  services.find((it) => it.code === code);

const methodNames: Readonly<Record<string, Text>> = {
  payment_card: { en: 'Payment card', uk: 'Платіжна карта', ru: 'Платежная карта' },
  paypal: { en: 'PayPal', uk: 'PayPal', ru: 'PayPal' },
  bank_transfer: { en: 'Bank transfer', uk: 'Банківський переказ', ru: 'Банковский перевод' },
  test: { en: 'Test', uk: 'Тест', ru: 'Тест' },
};

/** Body of the pre-request's answer, as Paytone's sample shows it. */
export function prerequestBody(currency: string, testMode: boolean, baseUrl: string) {
  const offered = services.filter((it) => it.currency === currency);
  const methods = [...new Set(offered.map(({ method }) => method))];
  return {
    data: {
      currency,
      test_mode: testMode,
      services: Object.fromEntries(
        offered.map(({ code, method, flow, fields, amountMin, amountMax }) => [
          code,
          { code, method, flow, currency, fields, amount_min: amountMin, amount_max: amountMax },
        ]),
      ),
      methods: Object.fromEntries(
        methods.map((code) => [
          code,
          {
            code,
            category: code === 'payment_card' ? 'payment_card' : 'alternative',
            description: '',
            name: methodNames[code],
            logo: `${baseUrl}/logos/${code}.svg`,
            icon: `${baseUrl}/logos/${code}.svg`,
            metadata: null,
            position: null,
            hide: null,
          },
        ]),
      ),
      account: {
        name: 'Sandbox',
        description: 'Plays Paytone',
        icon: `${baseUrl}/logos/test.svg`,
        website: null,
      },
    },
  };
}

/** One element of the private services list. */
export const serviceResource = (it: SandboxService, testMode: boolean) => ({
  type: 'payment-services',
  id: it.id,
  attributes: {
    service: it.code,
    service_method: it.method,
    service_currency: it.currency,
    available: true,
    active: true,
    enabled: true,
    amount_min: it.amountMin,
    amount_max: it.amountMax,
    fee_min: 0,
    fee_max: 0,
    fee_rate: 0,
    fee_fix: 0,
    reserve_lifetime: 0,
    reserve_rate: 0,
    currency: it.currency,
    test_mode: testMode,
  },
  relationships: {
    'payment-method': { data: { type: 'payment-methods', id: it.method } },
    'payment-service': { data: { type: 'payment-services', id: it.code } },
  },
  links: { self: `/api/payment-services/${it.id}` },
});
