import type { z } from 'zod';

const issueKinds: Readonly<Partial<Record<string, string>>> = {
  string: 'a string',
  object: 'an object',
  record: 'an object',
  array: 'a list',
  int: 'a whole number',
  number: 'a whole number',
  boolean: 'true or false',
};

/** What is wrong with a field, as a developer reads it after the field's name; undefined leaves it to the schema. */
export function wordingOf(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return 'is missing';
      return `must be ${issueKinds[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return issue.input === undefined
        ? 'is missing'
        : `must be one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`;
    case 'invalid_key':
      return 'must have a name of 1 to 64 characters';
    case 'too_small':
      return sizeOf(issue.origin, 'at least', Number(issue.minimum));
    case 'too_big':
      return sizeOf(issue.origin, 'at most', Number(issue.maximum));
    default:
      return undefined;
  }
}

function sizeOf(origin: string, how: string, size: number): string {
  if (origin !== 'string') return `must be ${how} ${size}`;
  return size === 1 ? 'must not be empty' : `must have ${how} ${size} characters`;
}
