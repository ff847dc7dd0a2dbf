import { holdsCardNumber } from '../domain/card-number.ts';
import type { FieldMessage } from '../domain/invoice/invoice.ts';

type Text = string | Readonly<Record<string, string | undefined>> | undefined;

/** Fields, by name, in which a person or a program has left a card number. */
export const faultsOfCards = (fields: Readonly<Record<string, Text>>): FieldMessage[] =>
  Object.entries(fields).flatMap(([field, text]) => {
    if (text === undefined) return [];
    return typeof text === 'string' ? faultOf(field, text) : faultsOfMap(field, text);
  });

const faultsOfMap = (field: string, map: Readonly<Record<string, string | undefined>>): FieldMessage[] =>
  Object.entries(map).flatMap(([key, value]) =>
    // Then the key is not to be repeated.
    holdsCardNumber(key) ? faultOf(field, key) : faultOf(`${field}.${key}`, value ?? ''),
  );

const faultOf = (field: string, text: string): FieldMessage[] =>
  holdsCardNumber(text) ? [{ field, message: 'holds a card number: leave it out, Paytone asks for it' }] : [];
