import creditCardType from 'credit-card-type';

/**
 * 13 to 19 digits that a card scheme has given out: in one piece, which letters may touch, or in the
 * groups of a card, whatever stands between them; an expiry date or a security code may follow. Neither a UUID nor an IBAN has such
 * pieces.
 */
export function holdsCardNumber(text: string): boolean {
  const plain = text.normalize('NFKC');
  const isPiece = (digits: string): boolean => isLuhn(digits) && creditCardType(digits).length > 0;
  // Groups of digits are of many things: these have the length of a card of that scheme as well.
  const isGrouped = (digits: string): boolean =>
    isLuhn(digits) && creditCardType(digits).some(({ lengths }) => lengths.includes(digits.length));
  return (
    [...plain.matchAll(inOnePiece)].map(digitsOf).some(isPiece) ||
    [...plain.matchAll(inGroups)].map(digitsOf).some(isGrouped)
  );
}

const digitsOf = ([, found = '']: RegExpExecArray): string => found.replaceAll(/\D/g, '');

const inOnePiece = /(?<![A-Za-z0-9])[A-Za-z]*(\d{13,19})(?![A-Za-z]*\d)/g;
const gap = '[\\s._-]{1,3}';
const groups = [`\\d{4}${gap}\\d{4}${gap}\\d{4}${gap}\\d{1,7}`, `\\d{4}${gap}\\d{6}${gap}\\d{4,5}`].join('|');
// The head of an IBAN, or a group before, says that these are groups of something else.
const inGroups = new RegExp(
  `(?<![A-Za-z0-9]|\\d{4}[\\s._-]|[A-Z]{2}\\d{2}\\s)(${groups})(?![A-Za-z0-9])`,
  'g',
);

/** The check digit of a card number. */
function isLuhn(digits: string): boolean {
  const sum = digits
    .split('')
    .reverse()
    .reduce((total, digit, index) => {
      const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return sum % 10 === 0;
}
