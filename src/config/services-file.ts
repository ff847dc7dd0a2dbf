import { z } from 'zod';
import { outcomeStatuses } from '../domain/payment/statuses.ts';
import { rights } from '../http/right-names.ts';
import { isAccountId } from '../domain/identity.ts';
import { isHttpUrl, outcomeSecret, paytoneKey } from './fields.ts';
import { unencrypted } from './live-faults.ts';
import { faultOfSecret } from './secret-faults.ts';

/** What secrets and URLs have to be like: with real money, and outside of `npm start`. */
export interface Demands {
  readonly isLive: boolean;
  readonly isDemo: boolean;
  /** The account of the environment, as far as it is set. */
  readonly main?: { readonly id: string | undefined; readonly callbackSecrets: readonly string[] };
}

const mustBe = (what: string) => ({
  error: ({ input }: { readonly input?: unknown }) =>
    input === undefined ? 'is missing' : `must be ${what}`,
});
const textField = z.string(mustBe('text'));
const listOf = <Item extends z.ZodType>(item: Item) => z.array(item, mustBe('a list'));
const strict = {
  error: (issue: z.core.$ZodRawIssue) =>
    issue.code === 'unrecognized_keys'
      ? `has unknown fields: ${issue.keys.join(', ')}`
      : mustBe('an object').error(issue),
};

const secret = (setting: Parameters<typeof faultOfSecret>[0], schema: z.ZodString, demands: Demands) =>
  schema.superRefine((given, context) => {
    const message = faultOfSecret(setting, given, demands);
    if (message !== null) context.addIssue({ code: 'custom', message });
  });

const type = z.enum(
  outcomeStatuses.map((status) => `payment.${status}` as const),
  mustBe('a type of outcome, such as payment.paid'),
);

const urlField = (demands: Demands) =>
  textField
    .refine(isHttpUrl, 'must be an http(s) URL')
    .refine((url) => !demands.isLive || !url.startsWith('http:'), unencrypted);

const endpoint = (demands: Demands) =>
  z
    .strictObject(
      {
        url: urlField(demands).meta({
          format: 'uri',
          description: 'Where outcomes are posted. With live keys it must begin with `https://`.',
        }),
        secrets: listOf(secret('OUTCOME_SECRETS', outcomeSecret(textField), demands))
          .min(1, 'is empty')
          .describe('What signs them: a signature per secret, so that one can replace the other.'),
        types: listOf(type)
          .min(1, 'is empty')
          .optional()
          .describe('The types of outcome that are sent there; all of them unless given.'),
      },
      strict,
    )
    .describe('A receiver of outcomes.');

const ofMode = (prefix: 'sk' | 'pk', { isLive }: Demands) => {
  const mode = isLive ? 'live' : 'test';
  return paytoneKey(prefix, textField).refine(
    (key) => key.startsWith(`${prefix}_${mode}_`),
    `must be a ${mode} key, as PAYTONE_PRIVATE_KEY is: all accounts are of one mode`,
  );
};

const account = (demands: Demands) =>
  z
    .strictObject(
      {
        id: textField
          .refine(isAccountId, 'must be letters, digits, "_" or "-"')
          .describe('As Paytone names it, such as `coma_…`. Payments keep it for as long as they live.'),
        privateKey: ofMode('sk', demands).describe('Its private key.'),
        publicKey: ofMode('pk', demands).describe('Its public key.'),
        callbackSecrets: listOf(secret('PAYTONE_CALLBACK_SECRETS', textField.min(1, 'is empty'), demands))
          .min(1, 'is empty')
          .optional()
          .describe(
            'What may sign its callbacks: two while one replaces the other; its private key unless given.',
          ),
        url: urlField(demands)
          .optional()
          .describe('The platform that it is at; that of `PAYTONE_URL` unless given.'),
      },
      strict,
    )
    .describe("An account at Paytone beside the environment's.");

const serviceEntry = (demands: Demands) =>
  z
    .strictObject(
      {
        name: textField
          .regex(/^\S(?:.*\S)?$/, 'must be text without spaces at its ends')
          .describe('What its payments name as their owner, for as long as they live.'),
        keys: listOf(
          secret('ORDER_API_KEYS', textField.regex(/^\S+$/, 'must be text without spaces'), demands),
        ).describe('Its API keys: two while one replaces the other, none if it talks to Temporal itself.'),
        rights: listOf(z.enum(rights, mustBe(`one of ${rights.join(', ')}`))).describe(
          'What its keys may do. `payments`: start, change and read its payments. `refunds`: refund them. `read`: read them. `reports`: read the reports, which are about its account as a whole.',
        ),
        account: textField
          .optional()
          .describe(
            'The id of the account that its payments charge: one of `accounts`, or that of the environment, which it is unless given. Payments that were started stay where they are.',
          ),
        endpoints: listOf(endpoint(demands)).describe(
          'Where its outcomes go. An outcome is delivered once each endpoint that takes its type has accepted it.',
        ),
      },
      strict,
    )
    .describe('An order service.');

/** What `ORDER_SERVICES_FILE` holds; docs/order-services.schema.json is made from it. */
export const servicesFile = (demands: Demands) =>
  z
    .strictObject(
      {
        $schema: textField.optional().describe('Where editors find this schema.'),
        services: listOf(serviceEntry(demands)).min(1, 'is empty').describe('The order services.'),
        accounts: listOf(account(demands))
          .optional()
          .describe('More accounts than the one of the environment (`PAYTONE_ACCOUNT_ID` and its keys).'),
      },
      strict,
    )
    .superRefine(({ services, accounts = [] }, context) => {
      for (const path of unknownAccounts(services, [demands.main?.id, ...accounts.map(({ id }) => id)]))
        context.addIssue({
          code: 'custom',
          path: ['services', ...path],
          message: 'is not the id of an account',
        });
      for (const path of repeatedOfAccounts(accounts, demands))
        context.addIssue({ code: 'custom', path: ['accounts', ...path], message: 'is there twice' });
    })
    .superRefine(({ services }, context) => {
      const names = services.map(({ name }, index) => ({ value: name, path: [index, 'name'] }));
      const keys = services.flatMap((it, index) =>
        it.keys.map((value, place) => ({ value, path: [index, 'keys', place] })),
      );
      const urls = services.map(({ endpoints }, index) =>
        endpoints.map(({ url }, place) => ({ value: url, path: [index, 'endpoints', place, 'url'] })),
      );
      for (const path of [names, keys, ...urls].flatMap(repeated))
        context.addIssue({ code: 'custom', path: ['services', ...path], message: 'is there twice' });
    })
    .describe('The order services of a deployment (`ORDER_SERVICES_FILE`).');

type Path = (string | number)[];

function unknownAccounts(
  services: readonly { readonly account?: string | undefined }[],
  ids: readonly (string | undefined)[],
): Path[] {
  return services.flatMap(({ account }, index) =>
    account === undefined || ids.includes(account) ? [] : [[index, 'account']],
  );
}

/** Else whose callback it is would be a matter of order. */
function repeatedOfAccounts(
  accounts: readonly {
    readonly id: string;
    readonly privateKey: string;
    readonly callbackSecrets?: readonly string[] | undefined;
  }[],
  { main }: Demands,
): Path[] {
  const ids = accounts.map(({ id }, index) => ({ value: id, path: [index, 'id'] }));
  const secrets = accounts.flatMap(({ privateKey, callbackSecrets }, index) =>
    callbackSecrets
      ? callbackSecrets.map((value, place) => ({ value, path: [index, 'callbackSecrets', place] }))
      : [{ value: privateKey, path: [index, 'privateKey'] }],
  );
  const ofMain = (values: readonly (string | undefined)[]) =>
    values.flatMap((value) => (value === undefined ? [] : [{ value, path: [] }]));
  return [
    ...repeated([...ofMain([main?.id]), ...ids]),
    ...repeated([...ofMain(main?.callbackSecrets ?? []), ...secrets]),
  ];
}

/** Else whose payments a key opens, or which endpoint has accepted an outcome, would be a matter of order. */
const repeated = (given: readonly { readonly value: string; readonly path: Path }[]): Path[] =>
  given
    .filter(({ value }, place) => given.findIndex((other) => other.value === value) < place)
    .map(({ path }) => path);

/** All that is wrong with the file, each by its path in it; its own text is told nowhere, since it holds secrets. */
export function faultsOfServices(json: string | undefined, demands: Demands): string[] {
  if (json === undefined) return [];
  const parsed = parsedJson(json);
  if (!parsed.ok) return [`ORDER_SERVICES_FILE is not JSON${parsed.where}`];
  const { error } = servicesFile(demands).safeParse(parsed.value);
  return (error?.issues ?? []).map(({ path, message }) => {
    const place = z.core.toDotPath(path);
    return `ORDER_SERVICES_FILE${place && `: ${place}`} ${message}`;
  });
}

function parsedJson(json: string): { ok: true; value: unknown } | { ok: false; where: string } {
  try {
    return { ok: true, value: JSON.parse(json) };
  } catch (error) {
    // The rest of the message quotes the text.
    const where = /line \d+ column \d+/.exec(error instanceof Error ? error.message : '');
    return { ok: false, where: where ? `: see ${where[0]}` : '' };
  }
}
