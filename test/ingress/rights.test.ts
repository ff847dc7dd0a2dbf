import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetch } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rights, type Right } from '../../src/http/right-names.ts';
import { startLoneIngress } from '../support/lone-ingress.ts';

/** Calls that are answered with 400 where they are let in, by the rights that do. */
const calls: [string, string, readonly Right[]][] = [
  ['GET', '/v1/services?currency=none', ['read', 'payments']],
  ['GET', '/v1/payments?limit=none', ['read', 'payments']],
  ['GET', '/v1/payments/no.id', ['read', 'payments']],
  ['HEAD', '/v1/payments/no.id', ['read', 'payments']],
  ['GET', '/v1/payments/no.id/events', ['read', 'payments']],
  ['GET', '/v1/payments/no.id/outcomes', ['read', 'payments']],
  ['PUT', '/v1/payments/no.id', ['payments']],
  ['POST', '/v1/payments/no.id/method', ['payments']],
  ['POST', '/v1/payments/no.id/cancel', ['payments']],
  ['POST', '/v1/payments/no.id/outcomes/out_1/redeliver', ['payments']],
  ['POST', '/v1/payments/no.id/refunds', ['refunds']],
  ['GET', '/v1/reports/today', ['reports']],
];
const keyOf = (name: string): string => `key-that-may-${name}`;
const serviceOf = (name: string, granted: readonly Right[]) => ({
  ...{ name, keys: [keyOf(name)], rights: granted, endpoints: [] },
});

describe('order services of a file', () => {
  const lines: string[] = [];
  let folder = '';
  let ingress: Awaited<ReturnType<typeof startLoneIngress>>;
  const write = (...services: object[]): Promise<void> =>
    writeFile(join(folder, 'services.json'), JSON.stringify({ services }));
  const named = rights.map((right) => serviceOf(right, [right]));
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'paytone-rights-'));
    await write(...named);
    const output = { write: (line: string): void => void lines.push(line) };
    const ORDER_SERVICES_FILE = join(folder, 'services.json');
    ingress = await startLoneIngress(output, { ORDER_API_KEYS: '', ORDER_SERVICES_FILE });
  });
  afterAll(async () => {
    await ingress.stop();
    await rm(folder, { recursive: true });
  });

  const ask = (method: string, path: string, name: string) =>
    fetch(`${ingress.url}${path}`, { method, headers: { authorization: `Bearer ${keyOf(name)}` } });
  const letsIn = async (name: string): Promise<boolean> =>
    (await ask('GET', '/v1/payments/no.id', name)).status === 400;

  it.each(calls)('%s %s takes one of %j', async (method, path, letIn) => {
    for (const right of rights) {
      const answer = await ask(method, path, right);
      expect([right, answer.status]).toEqual([right, letIn.includes(right) ? 400 : 403]);
      if (answer.status !== 403 || method === 'HEAD') continue;
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(await answer.json()).toMatchObject({
        type: '/docs/problems/forbidden',
        title: 'The key lacks a right',
        detail: expect.stringContaining(`lacks the right "${letIn[0]}"`) as string,
      });
    }
  });

  it('explains what 403 means', async () => {
    const page = await fetch(`${ingress.url}/docs/problems/forbidden`);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('lacks a right')]);
  });

  it('takes a new file for the next request, and leaves all as it was where the file is at fault', async () => {
    await write(...named, serviceOf('change', ['payments']));
    expect(await letsIn('change')).toBe(false);
    ingress.reload?.();
    expect(await letsIn('change')).toBe(true);
    await write({ ...serviceOf('change', ['payments']), rights: ['everything'] });
    lines.length = 0;
    ingress.reload?.();
    expect(await letsIn('change')).toBe(true);
    const refused = lines.map((line) => JSON.parse(line) as { level: number; msg: string });
    expect(refused).toHaveLength(1);
    expect(refused[0]).toMatchObject({
      level: 50,
      msg: expect.stringMatching(
        /^the order services stay as they were[^]*ORDER_SERVICES_FILE: services\[0\]\.rights\[0\] must be one of/,
      ) as string,
    });
    await write(...named);
    ingress.reload?.();
    expect(await letsIn('change')).toBe(false);
  });
});
