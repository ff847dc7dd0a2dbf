import { z } from 'zod';
import { outcomeStatuses } from '../domain/payment/statuses.ts';
import { rights } from '../http/right-names.ts';
import { isHttpUrl, outcomeSecret } from './fields.ts';
import { unencrypted } from './live-faults.ts';
import { faultOfSecret } from './secret-faults.ts';

/** What secrets and URLs have to be like: with real money, and outside of `npm start`. */
export interface Demands {
  readonly isLive: boolean;
  readonly isDemo: boolean;
}

const mustBe = (what: string) => ({
  error: ({ input }: { readonly input?: unknown }) =>
    input === undefined ? 'is missing' : `must be ${what}`,
});
const text = z.string(mustBe('text'));
const listOf = <Item extends z.ZodType>(item: Item) => z.array(item, mustBe('a list'));
const strict = {
  error: (issue: z.core.$ZodRawIssue) =>
    issue.code === 'unrecognized_keys'
      ? `has unknown fields: ${issue.keys.join(', ')}`
      : mustBe('an object').error(issue),
};

const secret = (setting: 'ORDER_API_KEYS' | 'OUTCOME_SECRETS', schema: z.ZodString, demands: Demands) =>
  schema.superRefine((given, context) => {
    const message = faultOfSecret(setting, given, demands);
    if (message !== null) context.addIssue({ code: 'custom', message });
  });

const type = z.enum(
  outcomeStatuses.map((status) => `payment.${status}` as const),
  mustBe('a type of outcome, such as payment.paid'),
);

const endpoint = (demands: Demands) =>
  z
    .strictObject(
      {
        url: text
          .refine(isHttpUrl, 'must be an http(s) URL')
          .refine((url) => !demands.isLive || !url.startsWith('http:'), unencrypted)
          .meta({
            format: 'uri',
            description: 'Where outcomes are posted. With live keys it must begin with `https://`.',
          }),
        secrets: listOf(secret('OUTCOME_SECRETS', outcomeSecret(text), demands))
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

const service = (demands: Demands) =>
  z
    .strictObject(
      {
        name: text
          .regex(/^\S(?:.*\S)?$/, 'must be text without spaces at its ends')
          .describe('What its payments name as their owner, for as long as they live.'),
        keys: listOf(
          secret('ORDER_API_KEYS', text.regex(/^\S+$/, 'must be text without spaces'), demands),
        ).describe('Its API keys: two while one replaces the other, none if it talks to Temporal itself.'),
        rights: listOf(z.enum(rights, mustBe(`one of ${rights.join(', ')}`))).describe(
          'What its keys may do. `payments`: start, change and read its payments. `refunds`: refund them. `read`: read them. `reports`: read the reports, which are about the whole account.',
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
        $schema: text.optional().describe('Where editors find this schema.'),
        services: listOf(service(demands)).min(1, 'is empty').describe('The order services.'),
      },
      strict,
    )
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

/** Else whose payments a key opens, or which endpoint has accepted an outcome, would be a matter of order. */
const repeated = (given: readonly { readonly value: string; readonly path: Path }[]): Path[] =>
  given
    .filter(({ value }, place) => given.findIndex((other) => other.value === value) < place)
    .map(({ path }) => path);

/** All that is wrong with the file, each by its path in it; its own text is told nowhere, since it holds secrets. */
export function faultsOfServices(json: string | undefined, demands: Demands): string[] {
  if (json === undefined) return [];
  const parsed = jsonOf(json);
  if (!parsed.ok) return [`ORDER_SERVICES_FILE is not JSON${parsed.where}`];
  const { error } = servicesFile(demands).safeParse(parsed.value);
  return (error?.issues ?? []).map(({ path, message }) => {
    const place = z.core.toDotPath(path);
    return `ORDER_SERVICES_FILE${place && `: ${place}`} ${message}`;
  });
}

function jsonOf(json: string): { ok: true; value: unknown } | { ok: false; where: string } {
  try {
    return { ok: true, value: JSON.parse(json) };
  } catch (error) {
    // The rest of the message quotes the text.
    const where = /line \d+ column \d+/.exec(error instanceof Error ? error.message : '');
    return { ok: false, where: where ? `: see ${where[0]}` : '' };
  }
}
