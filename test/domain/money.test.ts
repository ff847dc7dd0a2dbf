import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMoney, moneyFromNumber, parseMoney, toMajorNumber } from '../../src/domain/money.ts';

const currencies = fc.constantFrom('JPY', 'USD', 'KWD');
const minorUnits = fc.integer({ min: 0, max: 999_999_999_999_999 });

describe('money', () => {
  it.each([
    ['100.55', 'USD', 10_055, '100.55'],
    ['100.5', 'USD', 10_050, '100.50'],
    ['100', 'USD', 10_000, '100.00'],
    ['0.01', 'USD', 1, '0.01'],
    ['0', 'USD', 0, '0.00'],
    ['1000', 'JPY', 1000, '1000'],
    ['1.234', 'KWD', 1234, '1.234'],
    ['0.05', 'KWD', 50, '0.050'],
  ])('reads %s %s as %i minor units', (value, currency, minor, formatted) => {
    const parsed = parseMoney(value, currency);
    expect(parsed).toEqual({ ok: true, money: { minor, currency } });
    expect(formatMoney({ minor, currency })).toBe(formatted);
  });

  it.each([
    ['1e3', 'USD', 'not_a_decimal'],
    ['-0', 'USD', 'not_a_decimal'],
    ['-1', 'USD', 'not_a_decimal'],
    ['+1', 'USD', 'not_a_decimal'],
    ['1,00', 'USD', 'not_a_decimal'],
    ['01', 'USD', 'not_a_decimal'],
    ['.5', 'USD', 'not_a_decimal'],
    ['5.', 'USD', 'not_a_decimal'],
    [' 5', 'USD', 'not_a_decimal'],
    ['', 'USD', 'not_a_decimal'],
    ['NaN', 'USD', 'not_a_decimal'],
    ['٥', 'USD', 'not_a_decimal'],
    ['100.555', 'USD', 'too_many_decimals'],
    ['1.5', 'JPY', 'too_many_decimals'],
    ['99999999999999.99', 'USD', 'too_many_digits'],
    ['1', 'ABC', 'unknown_currency'],
    ['1', 'usd', 'unknown_currency'],
    ['1', '', 'unknown_currency'],
  ])('refuses %j %s: %s', (value, currency, fault) => {
    expect(parseMoney(value, currency)).toEqual({ ok: false, fault });
  });

  it('formats what it reads, and reads what it formats', () => {
    fc.assert(
      fc.property(minorUnits, currencies, (minor, currency) => {
        const money = { minor, currency };
        expect(parseMoney(formatMoney(money), currency)).toEqual({ ok: true, money });
      }),
    );
  });

  it('survives the way through a JSON number of the platform', () => {
    fc.assert(
      fc.property(minorUnits, currencies, (minor, currency) => {
        const number: unknown = JSON.parse(JSON.stringify(toMajorNumber({ minor, currency })));
        expect(moneyFromNumber(Number(number), currency)).toEqual({ minor, currency });
      }),
    );
  });

  it.each([0.1 + 0.2, 1e21, -5, Number.NaN, Infinity])('takes %d for no amount of ours', (value) => {
    expect(moneyFromNumber(value, 'USD')).toBeNull();
  });
});
