import creditCardType from 'credit-card-type';
import type { FieldMessage } from '../domain/invoice/invoice.ts';
import { isLuhn } from '../domain/luhn.ts';

type Text = string | Readonly<Record<string, string>> | undefined;

/** Fields, by name, in which a person or a program has left a card number. */
export const faultsOfCards = (fields: Readonly<Record<string, Text>>): FieldMessage[] =>
  Object.entries(fields).flatMap(([field, text]) => {
    if (text === undefined) return [];
    return typeof text === 'string' ? faultOf(field, text) : faultsOfMap(field, text);
  });

const faultsOfMap = (field: string, map: Readonly<Record<string, string>>): FieldMessage[] =>
  Object.entries(map).flatMap(([key, value]) =>
    // Then the key is not to be repeated.
    holdsCardNumber(key) ? faultOf(field, key) : faultOf(`${field}.${key}`, value),
  );

const faultOf = (field: string, text: string): FieldMessage[] =>
  holdsCardNumber(text) ? [{ field, message: 'holds a card number: leave it out, Paytone asks for it' }] : [];

/**
 * 13 to 19 digits that a card scheme has given out: in one piece, which letters may touch, or in the groups of a card.
 * Neither a UUID nor an IBAN has such pieces.
 */
export function holdsCardNumber(text: string): boolean {
  const plain = text.normalize('NFKC');
  return [...plain.matchAll(inOnePiece), ...plain.matchAll(inGroups)].some(([, found = '']) => {
    const digits = found.replaceAll(/\D/g, '');
    return isLuhn(digits) && creditCardType(digits).length > 0;
  });
}

const inOnePiece = /(?<![A-Za-z0-9])[A-Za-z]*(\d{13,19})(?![A-Za-z]*\d)/g;
const inGroups =
  /(?<![A-Za-z0-9]|\d{4}[ .-])(\d{4}([ .-])(?:\d{4}\2\d{4}\2\d{1,7}|\d{6}\2\d{4,5}))(?![ .-]?\d|[A-Za-z])/g;
