import { describe, expect, it } from 'vitest';
import { faultOfOperator, withNote, type OperatorNote } from '../../../src/domain/payment/operator-note.ts';

describe('what an operator says', () => {
  it.each([
    [{ by: '', why: 'x' }, '"by" must be a text'],
    [{ by: 'ann', why: '  ' }, '"why" must be a text'],
    [{ by: 7, why: 'x' }, '"by" must be a text'],
    [{ by: 'a'.repeat(101), why: 'x' }, '"by" must be at most 100 characters'],
    [{ by: 'ann', why: 'x'.repeat(501) }, '"why" must be at most 500 characters'],
    [
      { by: 'ann', why: 'card 4111 1111 1111 1111' },
      '"why" holds a card number: it is shown to everybody, so leave it out',
    ],
    [
      { by: 'ann', why: 'asked sally@secret.example' },
      '"why" holds an e-mail address: it is shown to everybody, so leave customers out',
    ],
  ])('is refused: %o', (action, fault) => {
    expect(faultOfOperator(action)).toBe(fault);
  });

  it('may name a ticket, an invoice and who acts by e-mail', () => {
    const why = 'ticket 4711, invoice cpi_4111111111111112 is paid in the dashboard';
    expect(faultOfOperator({ by: 'ann@shop.example', why })).toBeNull();
    expect(faultOfOperator({ by: 'a'.repeat(100), why: 'x'.repeat(500) })).toBeNull();
  });

  it('is kept in one line each, the latest fifty', () => {
    const note = { at: 0, by: ' ann\n- Status: paid', what: 'resolve', why: 'seen' };
    expect(withNote([], note)[0]?.by).toBe('ann - Status: paid');
    let notes: OperatorNote[] = [];
    for (let at = 0; at < 60; at++) notes = withNote(notes, { ...note, at });
    expect(notes.map(({ at }) => at)).toEqual(Array.from({ length: 50 }, (_, index) => index + 10));
  });
});
