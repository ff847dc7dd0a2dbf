import { describe, expect, it } from 'vitest';
import { digestOf, placeOfBearer } from '../../src/http/bearer-token.ts';
import { apiKeys } from '../../src/config/fields.ts';

describe('a bearer token', () => {
  const digests = ['older', 'newer=='].map(digestOf);

  it.each([
    ['Bearer older', 0],
    ['bearer newer==', 1],
    ['BEARER   older', 0],
    [undefined, null],
    ['', null],
    ['Bearer', null],
    ['Bearer ', null],
    ['Bearer old', null],
    ['Bearer older x', null],
    ['Bearer older,newer==', null],
    ['Basic older', null],
    ['older', null],
  ])('%s is at place %s', (authorization, place) => {
    expect(placeOfBearer(authorization, digests)).toBe(place);
  });

  it('fits no place where there is no key', () => {
    expect(placeOfBearer('Bearer x', [])).toBeNull();
  });
});

describe('the keys of order services', () => {
  const fault = (text: string) => apiKeys.safeParse(text).error?.issues[0]?.message;

  it('are kept as digests, split at the first "="', () => {
    expect(apiKeys.parse('shop=a==, shop=b,other=c')).toEqual([
      { name: 'shop', digest: digestOf('a==') },
      { name: 'shop', digest: digestOf('b') },
      { name: 'other', digest: digestOf('c') },
    ]);
  });

  it('are refused where one key would open two services', () => {
    expect(fault('shop=a,other=a')).toBe('gives the same key to two order services');
    expect(fault('shop=a,shop=a')).toBeUndefined();
    expect(fault('')).toBe('must name at least one order service');
    expect(fault('shop')).toBe('must be name=key');
  });
});
