import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { clientConfig, ingressConfig, workerConfig } from '../../src/config/config.ts';
import { servicesFile } from '../../src/config/services-file.ts';
import { digestOf } from '../../src/http/bearer-token.ts';

import { base, faultsOf, key, live, secret, shop, url } from '../support/settings.ts';

const docs = (name: string): string => fileURLToPath(new URL(`../../docs/${name}`, import.meta.url));

let folder = '';
let written = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paytone-services-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** The path of a file that holds it. */
async function fileOf(content: unknown): Promise<string> {
  const path = join(folder, `${++written}.json`);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}
const given = async (services: unknown) => ({ ...base, ORDER_SERVICES_FILE: await fileOf({ services }) });

describe('ORDER_SERVICES_FILE', () => {
  it('gives each service its keys, rights and endpoints', async () => {
    const books = {
      name: 'books',
      keys: ['key-of-the-books', 'the-next-one'],
      rights: ['read', 'reports'],
      endpoints: [
        { url: 'https://books.example/a', secrets: [secret], types: ['payment.paid'] },
        { url: 'https://books.example/b', secrets: [secret, secret] },
      ],
    };
    const settings = await given([shop, books, { name: 'own', keys: [], rights: [], endpoints: [] }]);
    const { orderServices } = ingressConfig(settings);
    expect(orderServices.keys).toEqual([
      { name: 'shop', digest: digestOf(key), rights: ['payments'] },
      { name: 'books', digest: digestOf('key-of-the-books'), rights: ['read', 'reports'] },
      { name: 'books', digest: digestOf('the-next-one'), rights: ['read', 'reports'] },
    ]);
    for (const config of [ingressConfig, workerConfig, clientConfig]) {
      const { endpointsOf, owners } = config(settings).orderServices;
      expect(endpointsOf('books')).toEqual(books.endpoints);
      expect([endpointsOf('own'), endpointsOf('stranger')]).toEqual([[], []]);
      expect(owners).toEqual(new Set(['shop', 'books', 'own']));
    }
  });

  it('has a shorthand of one endpoint and all rights', () => {
    const short = { ORDER_API_KEYS: `shop=${key},shop=next`, OUTCOME_URL: url, OUTCOME_SECRETS: secret };
    const { keys, owners } = ingressConfig({ ...base, ...short }).orderServices;
    const rights = ['payments', 'refunds', 'reports', 'read'];
    expect(keys).toMatchObject([
      { name: 'shop', rights },
      { name: 'shop', rights },
    ]);
    expect(owners).toEqual(new Set(['shop']));
    const { endpointsOf } = workerConfig({ ...base, ...short }).orderServices;
    expect(endpointsOf('anybody')).toEqual([{ url, secrets: [secret] }]);
    expect(workerConfig(base).orderServices.owners).toBeNull();
  });

  it('is not set beside its shorthand, nor left out with it', async () => {
    const short = {
      ORDER_API_KEYS: 'shop=short',
      OUTCOME_URL: url,
      OUTCOME_SECRETS_FILE: await fileOf(secret),
    };
    const settings = { ...(await given([shop])), ...short };
    expect(faultsOf(settings)).toEqual(
      ['ORDER_API_KEYS', 'OUTCOME_URL', 'OUTCOME_SECRETS'].map(
        (name) => `${name} is set beside ORDER_SERVICES_FILE, which takes its place: remove one`,
      ),
    );
    expect(faultsOf(base, ingressConfig)).toEqual([
      'ORDER_API_KEYS is missing; ORDER_SERVICES_FILE can take its place',
    ]);
  });

  it.each([
    [`{"services": [{"keys": ["${key}"`, 'ORDER_SERVICES_FILE is not JSON'],
    ['[]', 'ORDER_SERVICES_FILE must be an object'],
    ['{}', 'ORDER_SERVICES_FILE: services is missing'],
    ['{"services": []}', 'ORDER_SERVICES_FILE: services is empty'],
  ])('%s is refused', async (content, fault) => {
    const [told = '', ...others] = faultsOf({ ...base, ORDER_SERVICES_FILE: await fileOf(content) });
    expect(told).toContain(fault);
    expect(told).not.toContain(key);
    expect(others).toEqual([]);
  });

  it('is refused where it cannot be read', () => {
    const settings = { ...base, ORDER_SERVICES_FILE: join(folder, 'missing.json') };
    expect(faultsOf(settings)).toEqual([
      `ORDER_SERVICES_FILE names an unreadable file: ${join(folder, 'missing.json')}`,
    ]);
  });

  it('names every fault by its path, beside those of other settings', async () => {
    const settings = await given([
      { ...shop, name: ' shop', kyes: [], rights: ['refund'] },
      {
        keys: ['two words'],
        rights: 'all',
        endpoints: [
          { url: 'shop.example.com', secrets: [] },
          { url, secrets: ['whsec_abc'], types: ['paid'] },
          { url, secrets: [secret], types: [] },
        ],
      },
    ]);
    expect(faultsOf({ ...settings, MAX_ATTEMPTS: 'many' })).toEqual([
      'ORDER_SERVICES_FILE: services[0].name must be text without spaces at its ends',
      'ORDER_SERVICES_FILE: services[0].rights[0] must be one of payments, refunds, reports, read',
      'ORDER_SERVICES_FILE: services[0] has unknown fields: kyes',
      'ORDER_SERVICES_FILE: services[1].name is missing',
      'ORDER_SERVICES_FILE: services[1].keys[0] must be text without spaces',
      'ORDER_SERVICES_FILE: services[1].rights must be a list',
      'ORDER_SERVICES_FILE: services[1].endpoints[0].url must be an http(s) URL',
      'ORDER_SERVICES_FILE: services[1].endpoints[0].secrets is empty',
      'ORDER_SERVICES_FILE: services[1].endpoints[1].secrets[0] must be whsec_ followed by base64',
      'ORDER_SERVICES_FILE: services[1].endpoints[1].types[0] must be a type of outcome, such as payment.paid',
      'ORDER_SERVICES_FILE: services[1].endpoints[2].types is empty',
      'MAX_ATTEMPTS must be a whole number',
    ]);
  });

  it('names nothing twice that has to be told apart', async () => {
    const [one] = shop.endpoints;
    const twice = { ...shop, name: 'books', keys: ['another', key], endpoints: [one, one] };
    expect(faultsOf(await given([shop, twice, { ...twice, keys: [] }]))).toEqual([
      'ORDER_SERVICES_FILE: services[2].name is there twice',
      'ORDER_SERVICES_FILE: services[1].keys[1] is there twice',
      'ORDER_SERVICES_FILE: services[1].endpoints[1].url is there twice',
      'ORDER_SERVICES_FILE: services[2].endpoints[1].url is there twice',
    ]);
  });

  it('is as strict as the environment with live keys', async () => {
    const weak =
      'is too short or repetitive. Generate one with "openssl rand", as docs/operating.md explains';
    const { ORDER_SERVICES_FILE } = await given([
      shop,
      {
        ...shop,
        name: 'books',
        keys: ['changemechangeme1!', 'short'],
        endpoints: [{ url: 'http://books.example.com', secrets: [secret, 'whsec_c2hvcnQ='] }],
      },
    ]);
    expect(faultsOf({ ...base, ORDER_SERVICES_FILE })).toEqual([]);
    for (const config of [workerConfig, ingressConfig])
      expect(faultsOf({ ...live, ORDER_SERVICES_FILE }, config)).toEqual([
        `ORDER_SERVICES_FILE: services[1].keys[0] ${weak}`,
        `ORDER_SERVICES_FILE: services[1].keys[1] ${weak}`,
        'ORDER_SERVICES_FILE: services[1].endpoints[0].url must begin with https:// with live Paytone keys. Over http:, anybody in between can read and change what it carries',
        `ORDER_SERVICES_FILE: services[1].endpoints[0].secrets[1] ${weak}`,
      ]);
  });

  it('holds the secrets of the demo in the demo alone', async () => {
    const secrets = ['whsec_cGF5dG9uZS1wYXltZW50cy1kZW1vLXNlY3JldA=='];
    const settings = await given([{ ...shop, keys: ['demo-shop-key'], endpoints: [{ url, secrets }] }]);
    const known = 'is a secret of the demo (npm start), which everybody knows. Generate your own';
    expect(faultsOf(settings)).toEqual([
      `ORDER_SERVICES_FILE: services[0].keys[0] ${known}`,
      `ORDER_SERVICES_FILE: services[0].endpoints[0].secrets[0] ${known}`,
    ]);
    expect(workerConfig(settings, { isDemo: true }).orderServices.keys).toHaveLength(1);
  });

  it('is read anew, with the same strictness', async () => {
    const settings = await given([shop]);
    const reread = ingressConfig(settings).rereadServices;
    await writeFile(settings.ORDER_SERVICES_FILE, JSON.stringify({ services: [{ ...shop, name: 'new' }] }));
    expect(reread?.().keys).toMatchObject([{ name: 'new' }]);
    await writeFile(settings.ORDER_SERVICES_FILE, '[]');
    expect(reread).toThrow('ORDER_SERVICES_FILE must be an object');
    expect(workerConfig({ ...base, ORDER_API_KEYS: 'shop=short' }).rereadServices).toBeNull();
  });

  it('counts as not set while it is empty, save to a process that has read it', async () => {
    const settings = await given([shop]);
    const { rereadServices } = workerConfig(settings);
    await writeFile(settings.ORDER_SERVICES_FILE, '\n');
    expect(rereadServices).toThrow('ORDER_SERVICES_FILE holds nothing');
    expect(faultsOf(settings, ingressConfig)).toEqual([
      'ORDER_API_KEYS is missing, and ORDER_SERVICES_FILE holds nothing',
    ]);
    expect(ingressConfig({ ...settings, ORDER_API_KEYS: 'shop=short' }).orderServices.keys).toHaveLength(1);
  });
});

describe('docs/order-services.schema.json', () => {
  it('is the schema of the file: run this test with -u where it has changed', async () => {
    const path = docs('order-services.schema.json');
    const schema = z.toJSONSchema(servicesFile({ isLive: true, isDemo: false }));
    const pretty = await format(JSON.stringify(schema), { ...(await resolveConfig(path)), filepath: path });
    await expect(pretty).toMatchFileSnapshot(path);
  });

  it('is what the example keeps to', async () => {
    const example: unknown = JSON.parse(await readFile(docs('examples/order-services.json'), 'utf8'));
    expect(servicesFile({ isLive: false, isDemo: false }).safeParse(example).error).toBeUndefined();
  });
});
