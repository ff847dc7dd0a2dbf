import { closestMatch } from 'leven';
import { z } from 'zod';

/** The names that a schema lists at a path. */
export function namesAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  type Schema = z.core.JSONSchema.BaseSchema | boolean | undefined;
  const root = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  const propertiesOf = (at: Schema): Readonly<Record<string, Schema>> => {
    if (typeof at !== 'object') return {};
    const { $ref, properties = {} } = at;
    return $ref === undefined ? properties : propertiesOf(root.$defs?.[$ref.replace('#/$defs/', '')]);
  };
  const at = path.reduce<Schema>((outer, step) => propertiesOf(outer)[String(step)], root);
  return Object.keys(propertiesOf(at));
}

/** A name that holds the other, such as `ttl` and `ttlSeconds`, is nearer than one that is spelled alike. */
export function nearestTo(key: string, names: readonly string[]): string {
  const plain = plainOf(key);
  const isAkin = (other: string): boolean =>
    plain.length >= minAkin && (other.includes(plain) || plain.includes(other));
  return names.find((name) => isAkin(plainOf(name))) ?? closestMatch(key, names) ?? '';
}

const minAkin = 3;

const plainOf = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
