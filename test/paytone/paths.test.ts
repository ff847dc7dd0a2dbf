import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPaytoneClient } from '../../src/paytone/client.ts';
import { startHttpStub } from '../support/http-stub.ts';
import { sample } from '../support/samples.ts';

describe('where the APIs are', () => {
  let platform: Awaited<ReturnType<typeof startHttpStub>>;
  beforeAll(async () => {
    platform = await startHttpStub();
  });
  afterAll(() => platform.close());

  it.each([
    [{}, '/api', '/public-api'],
    [{ apiPath: '', publicApiPath: '/v2/public' }, '', '/v2/public'],
    [{ apiPath: '/merchant', publicApiPath: '' }, '/merchant', ''],
  ])('%j', async (paths, privateBase, publicBase) => {
    const client = createPaytoneClient({ ...platform.account, ...paths });
    platform.json(200, sample('prerequest.response'));
    await client.prerequest('USD');
    expect(platform.last().url).toBe(`${publicBase}/payment-prerequest`);
    platform.json(200, sample('service-by-id.response'));
    await client.getService('one');
    expect(platform.last().url).toBe(`${privateBase}/payment-services/one`);
    await client.close();
  });
});
