import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { holdsCardNumber } from '../../src/domain/card-number.ts';
import { faultsOfCards } from '../../src/payments/card-numbers.ts';

describe('a card number', () => {
  it.each([
    ['4111111111111111', 'Visa'],
    ['4222222222222', 'Visa of 13 digits'],
    ['5555555555554444', 'Mastercard'],
    ['2223003122003222', 'Mastercard of the newer range'],
    ['378282246310005', 'American Express'],
    ['30569309025904', 'Diners'],
    ['6011111111111117', 'Discover'],
    ['3530111333300000', 'JCB'],
    ['6240008631401148', 'UnionPay'],
    ['6304000000000000', 'Maestro'],
    ['4111 1111 1111 1111', 'in groups'],
    ['4111-1111-1111-1111', 'in groups'],
    ['3782 822463 10005', 'in groups of American Express'],
    ['paid with 4111 1111 1111 1111, exp 12/30', 'in a sentence'],
    ['paid with 7 x 4111111111111111.', 'in a sentence'],
    ['7 4111 1111 1111 1111', 'behind another number'],
    ['A4111111111111111', 'behind a letter'],
    ['order-4111111111111111', 'in an order id'],
    ['order_4111111111111111_2', 'in an order id'],
    ['4111111111111111x', 'before a letter'],
    ['4111 1111 1111 1111 12/29', 'before an expiry date'],
    ['4111 1111 1111 1111 123', 'before a security code'],
    ['4111_1111_1111_1111', 'in groups of an order id'],
    ['4111  1111  1111  1111', 'with wide gaps'],
    ['4111 1111-1111.1111', 'with differing gaps'],
    ['4111\n1111\n1111\n1111', 'in lines'],
    ['４１１１１１１１１１１１１１１１', 'in wide digits'],
  ])('%s is seen: %s', (text) => {
    expect(holdsCardNumber(text)).toBe(true);
  });

  it.each([
    ['4111111111111112', 'no Luhn'],
    ['6240008631401147', 'no Luhn, of UnionPay'],
    ['1234567812345670', 'Luhn, of no issuer'],
    ['411111111111', 'too short'],
    ['41111111111111111111', 'too long'],
    ['GB29 NWBK 6016 1331 9268 19', 'an IBAN'],
    ['DE89 3704 0044 0532 0130 00', 'an IBAN'],
    ['UA21 3223 1300 0002 6007 2335 6600 1', 'an IBAN'],
    ['1700000000000', 'a time'],
    ['+380 44 123 45 67', 'a telephone'],
    ['A1001', 'an order id'],
    ['', 'nothing'],
  ])('%s is none: %s', (text) => {
    expect(holdsCardNumber(text)).toBe(false);
  });

  it('is seen in no UUID, with or without dashes', () => {
    const ids = Array.from({ length: 20_000 }, randomUUID);
    expect(ids.filter((id) => holdsCardNumber(`A${id}`) || holdsCardNumber(id.replaceAll('-', '')))).toEqual(
      [],
    );
  });

  it('is told by its field, and not repeated where it is the name of one', () => {
    const pan = '4111111111111111';
    const message = 'holds a card number: leave it out, Paytone asks for it';
    expect(
      faultsOfCards({
        orderId: 'A1',
        description: pan,
        metadata: { note: pan, [pan]: 'x', ok: '1' },
        name: undefined,
      }),
    ).toEqual([
      { field: 'description', message },
      { field: 'metadata.note', message },
      { field: 'metadata', message },
    ]);
  });
});
