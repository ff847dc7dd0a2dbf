import { z } from 'zod';

/** What of JSON Schema our document uses for a field. */
const fieldSchema = z.object({
  $ref: z.string().optional(),
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
  readonly name: string;
  /** For people; a schema of the document by its name. */
  readonly type: string;
  /** The name of the schema that the field holds, if it has one. */
  readonly holds: string | null;
  readonly required: boolean;
  readonly notes: string;
}

/** The fields of a schema of the document, for people; a schema without any is one field without a name. */
export function fieldsOf(schema: unknown): Field[] {
  const { properties, required, ...own } = fieldSchema.parse(schema);
  const fields = Object.entries(properties ?? { '': { ...own, required, description: undefined } });
  return fields.map(([name, field]) => ({
    name,
    ...typeOf(field),
    required: required.includes(name),
    notes: notesOf(field),
  }));
}

export const nameIn = ($ref: string): string => $ref.split('/').at(-1) ?? $ref;

function typeOf(field: FieldSchema): Pick<Field, 'type' | 'holds'> {
  if (field.$ref !== undefined) return { type: nameIn(field.$ref), holds: nameIn(field.$ref) };
  if (field.items) {
    const { type, holds } = typeOf(field.items);
    return { type: `list of ${type}`, holds };
  }
  const types = field.anyOf?.map(typeOf) ?? [
    { type: [field.type ?? 'any'].flat().join(' or '), holds: null },
  ];
  return {
    type: types.map(({ type }) => type).join(' or '),
    holds: types.find(({ holds }) => holds !== null)?.holds ?? null,
  };
}

function notesOf({ enum: values, pattern, minimum, maximum, maxLength, ...field }: FieldSchema): string {
  const choices = values ?? field.anyOf?.flatMap((it) => it.enum ?? []) ?? [];
  return [
    field.description,
    choices.length > 0 && choices.map((value) => `\`${value}\``).join(' '),
    pattern !== undefined && `\`${pattern}\``,
    minimum !== undefined && `from ${minimum}`,
    maximum !== undefined && `up to ${maximum}`,
    maxLength !== undefined && `at most ${maxLength} characters`,
    field.default !== undefined && `default \`${JSON.stringify(field.default)}\``,
  ]
    .filter((note) => typeof note === 'string')
    .join(' · ');
}
