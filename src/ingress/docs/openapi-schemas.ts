import { z } from 'zod';
import { listAnswer } from '../../payments/list-schema.ts';
import {
  outcomeMessage,
  paymentAnswer,
  problemAnswer,
  servicesAnswer,
  toldOutcomes,
} from '../../payments/payment-schema.ts';
import { cancelSchema, choiceSchema, refundSchema, termsSchema } from '../../payments/terms-schema.ts';
import { reportAnswer } from '../../reconciliation/report-schema.ts';

const prefix = '#/components/schemas/';
const named = z.looseObject({ id: z.unknown().optional() });

/** A format says what its pattern says, and a whole number is one without the limits of JavaScript. */
function readable({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.format?.startsWith('date')) delete jsonSchema.pattern;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}

/** JSON Schemas of what schemas name (`id`), themselves included, which refer to one another by name. */
function schemasOf(io: 'input' | 'output', ...roots: readonly z.ZodType[]): Record<string, object> {
  const options = { io, unrepresentable: 'any', override: readable } as const;
  const definitions = z.toJSONSchema(z.tuple([z.unknown(), ...roots]), options).$defs ?? {};
  return Object.fromEntries(
    Object.entries(definitions).map(([name, schema]) => {
      const text = JSON.stringify(schema).replaceAll('"#/$defs/', `"${prefix}`);
      const described = named.parse(JSON.parse(text));
      delete described.id;
      return [name, described];
    }),
  );
}

/** Every named schema of the order API, from the schemas that validate. */
export const schemas = {
  ...schemasOf(
    'output',
    servicesAnswer,
    paymentAnswer,
    listAnswer,
    outcomeMessage,
    toldOutcomes,
    reportAnswer,
    problemAnswer,
  ),
  ...schemasOf('input', termsSchema, choiceSchema, cancelSchema, refundSchema),
};
