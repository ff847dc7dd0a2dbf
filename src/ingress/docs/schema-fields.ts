import { z } from 'zod';

/** What of JSON Schema our document uses for a field. */
const fieldSchema = z.object({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  get anyOf() {
    return z.array(fieldSchema).optional();
  },
  get properties() {
    return z.record(z.string(), fieldSchema).optional();
  },
  get items() {
    return fieldSchema.optional();
  },
  required: z.array(z.string()).default([]),
  enum: z.array(z.string()).optional(),
  default: z.unknown().optional(),
  description: z.string().optional(),
  pattern: z.string().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  maxLength: z.number().optional(),
});
type FieldSchema = z.output<typeof fieldSchema>;

export interface Field {
  /** Path from the body's root: `customer.address.city`, `refunds[].status`. */
  readonly path: string;
  readonly type: string;
  readonly required: boolean;
  readonly notes: string;
}

/** The fields of a schema of the document, from the outside in, for people. */
export const fieldsOf = (schema: unknown): Field[] => within('', fieldSchema.parse(schema));

function within(prefix: string, schema: FieldSchema): Field[] {
  const { schema: inner, nullable } = withoutNull(schema);
  const { properties, items } = inner;
  if (items) return within(`${prefix}[]`, items);
  return Object.entries(properties ?? {}).flatMap(([name, field]) => {
    const path = prefix === '' ? name : `${prefix}.${name}`;
    const required = inner.required.includes(name) && !nullable;
    return [{ path, type: typeOf(field), required, notes: notesOf(field) }, ...within(path, field)];
  });
}

function withoutNull(schema: FieldSchema): { schema: FieldSchema; nullable: boolean } {
  const [first, ...others] = (schema.anyOf ?? []).filter(({ type }) => type !== 'null');
  return first && others.length === 0 ? { schema: first, nullable: true } : { schema, nullable: false };
}

function typeOf(field: FieldSchema): string {
  const { schema, nullable } = withoutNull(field);
  return `${String(schema.type ?? 'any')}${nullable ? ' or null' : ''}`;
}

function notesOf({ enum: values, pattern, minimum, maximum, maxLength, ...field }: FieldSchema): string {
  return [
    field.description,
    values && values.map((value) => `\`${value}\``).join(' '),
    pattern !== undefined && `\`${pattern}\``,
    minimum !== undefined && `from ${minimum}`,
    maximum !== undefined && `up to ${maximum}`,
    maxLength !== undefined && `at most ${maxLength} characters`,
    field.default !== undefined && `default \`${JSON.stringify(field.default)}\``,
  ]
    .filter((note) => typeof note === 'string')
    .join('; ');
}
