import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCallback } from '../../src/paytone/callback.ts';
import { verifyCallback } from '../../src/paytone/signature.ts';
import { sample } from '../support/samples.ts';

// Computed by hand in docs/platform.md §5.
const vector = {
  secret: 'sk_test_demo',
  body: '{"data":{"id":"cpi_1"}}',
  signature: 'Rk0VYXulmO94JYyqdhdEbuhq0eQ=',
};

describe('the signature of a callback', () => {
  it('is that of the vector, by any of the secrets', () => {
    const body = Buffer.from(vector.body);
    expect(verifyCallback(body, vector.signature, [vector.secret])).toBe(0);
    expect(verifyCallback(body, vector.signature, ['sk_test_newer', vector.secret])).toBe(1);
  });

  it('is refused where body, header or secret differ by anything', () => {
    const body = Buffer.from(vector.body);
    const refused = (given: Buffer, header: string | undefined, secret = vector.secret) =>
      expect(verifyCallback(given, header, [secret])).toBeNull();
    refused(body, undefined);
    refused(body, '');
    refused(body, vector.signature.toLowerCase());
    refused(body, vector.signature, 'sk_test_demO');
    refused(Buffer.from(`${vector.body} `), vector.signature);
    fc.assert(
      fc.property(fc.uint8Array(), fc.string(), (bytes, header) => {
        refused(Buffer.from(bytes), header);
      }),
    );
  });
});

describe('the body of a callback', () => {
  const parse = (text: string) => parseCallback(Buffer.from(text));
  const known = {
    referenceId: '70d42236-2cc4-4e26-8f2f-987fd8fbc276',
    invoiceId: 'cpi_HeSWMM9LvQonCcQc',
    status: 'processed',
    updated: 1_597_833_207,
  };

  it('is the private resource, of which only four things are taken', () => {
    const text = sample('invoice-by-id-private.response');
    expect(parse(text)).toEqual(known);
    expect(parse(text.replaceAll('/', '\\/'))).toEqual(known);
    const extended = JSON.parse(text) as { data: object };
    expect(parse(JSON.stringify({ ...extended, included: [{ type: 'customers' }] }))).toEqual(known);
  });

  it('may lack the status and the time', () => {
    expect(
      parse('{"data":{"id":"cpi_1","attributes":{"reference_id":"A1","status":7,"updated":"x"}}}'),
    ).toEqual({
      referenceId: 'A1',
      invoiceId: 'cpi_1',
      status: null,
      updated: null,
    });
  });

  it.each([
    '',
    'null',
    '[]',
    '<html>',
    '{"data":[]}',
    '{"data":{"id":"cpi_1","attributes":[]}}',
    '{"data":{"id":"../../x","attributes":{"reference_id":"A1"}}}',
    '{"data":{"id":"cpi_1","attributes":{"reference_id":""}}}',
    `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
  ])('is unreadable: %.40s', (text) => {
    expect(parse(text)).toBeNull();
  });
});
