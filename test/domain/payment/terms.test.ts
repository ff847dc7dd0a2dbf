import { describe, expect, it } from 'vitest';
import { differingTerms } from '../../../src/domain/payment/terms.ts';
import { inputOf } from '../../support/payment-facts.ts';

const { terms } = inputOf({ metadata: { a: '1', b: '2' }, customer: { referenceId: 'c', name: 'x' } });

describe('terms', () => {
  it('are the same in any order of keys, and with nothing said explicitly', () => {
    const same = { ...terms, metadata: { b: '2', a: '1' }, description: undefined };
    expect(differingTerms(terms, same)).toEqual([]);
  });

  it("are the same with nothing in an object, save in what is the gateway's", () => {
    const customer = { referenceId: 'c' };
    const bare = { ...terms, customer, metadata: undefined };
    const same = {
      ...bare,
      ...{ serviceFields: {}, metadata: {}, gatewayOptions: {} },
      customer: { ...customer, address: {}, metadata: {} },
    };
    expect(differingTerms(bare, same)).toEqual([]);
    expect(differingTerms(same, bare)).toEqual([]);
    const options = (gatewayOptions: Record<string, unknown>) => ({ ...bare, gatewayOptions });
    expect(differingTerms(options({ card: {} }), options({}))).toEqual(['gatewayOptions']);
    expect(differingTerms(bare, { ...bare, serviceFields: { phone: '' } })).toEqual(['serviceFields']);
  });

  it('differ by name', () => {
    expect(differingTerms(terms, { ...terms, amount: { minor: 1, currency: 'USD' }, locale: 'uk' })).toEqual([
      'amount',
      'locale',
    ]);
    expect(differingTerms(terms, { ...terms, customer: { referenceId: 'c' } })).toEqual(['customer']);
    expect(differingTerms(terms, { ...terms, ttlSeconds: 900 })).toEqual(['ttlSeconds']);
  });
});
