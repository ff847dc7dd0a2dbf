import { holdsCardNumber } from '../card-number.ts';

/** Who did what to a payment, why and when (epoch milliseconds). */
export interface OperatorNote {
  readonly at: number;
  readonly by: string;
  readonly what: string;
  readonly why: string;
}

const operatorLimits = { by: 100, why: 500 } as const;
/** What a payment keeps of them; Temporal's history has them all. */
const mostNotes = 50;

export const withNote = (notes: readonly OperatorNote[], note: OperatorNote): OperatorNote[] =>
  [...notes, { ...note, by: oneLine(note.by), why: oneLine(note.why) }].slice(-mostNotes);

/** Why what an operator says of himself cannot be kept, or null. It comes from people: anything may be in it. */
export function faultOfOperator(action: { readonly by: unknown; readonly why: unknown }): string | null {
  for (const field of ['by', 'why'] as const) {
    const given = action[field];
    const most = operatorLimits[field];
    if (typeof given !== 'string' || given.trim() === '') return `"${field}" must be a text`;
    if (given.length > most) return `"${field}" must be at most ${most} characters`;
    if (holdsCardNumber(given))
      return `"${field}" holds a card number: it is shown to everybody, so leave it out`;
  }
  return typeof action.why === 'string' && /\S@\S+\.\S/.test(action.why)
    ? '"why" holds an e-mail address: it is shown to everybody, so leave customers out'
    : null;
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
