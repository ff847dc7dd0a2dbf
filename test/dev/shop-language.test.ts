import { fetch } from 'undici';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startShop } from '../../src/dev/shop/shop.ts';
import { shopWords } from '../../src/dev/shop/words.ts';

let shop: Awaited<ReturnType<typeof startShop>>;
beforeAll(async () => {
  shop = await startShop({ port: 0, apiUrl: 'http://127.0.0.1:1', apiKey: 'none', outcomeSecrets: [] });
});
afterAll(() => shop.close());

async function ask(path: string, headers: Record<string, string> = {}) {
  const answer = await fetch(`${shop.url}${path}`, { headers });
  const lang = /<html lang="(..)">/.exec(await answer.text())?.[1];
  return { lang, cookie: answer.headers.get('set-cookie') };
}

it.each([
  ['uk-UA,uk;q=0.9,en;q=0.5', 'uk'],
  ['de,ru;q=0.4', 'ru'],
  ['de', 'en'],
])('speaks the language of the browser: %s', async (wish, lang) => {
  expect(await ask('/', { 'accept-language': wish })).toMatchObject({ lang, cookie: null });
});

it('remembers the language that was chosen, also where something is wrong', async () => {
  const { lang, cookie } = await ask('/?locale=uk', { 'accept-language': 'en' });
  expect([lang, cookie]).toEqual(['uk', expect.stringMatching(/^locale=uk; .*SameSite=Lax/)]);
  const later = { 'accept-language': 'en', cookie: 'other=1; locale=uk' };
  for (const path of ['/', '/nowhere', '/orders/S1'])
    expect(await ask(path, later)).toMatchObject({ lang: 'uk' });
  expect(await ask('/?locale=xx', { cookie: 'locale=yy' })).toEqual({ lang: 'en', cookie: null });
});

it.each([
  ['an empty cart', 'locale=uk&currency=USD&quantity=0&quantity=0&quantity=0', 422, 'emptyCart'],
  ['more than there is', 'locale=uk&currency=USD&quantity=21&quantity=0&quantity=0', 422, 'emptyCart'],
  ['no form of the shop', 'locale=uk&currency=XXX', 400, 'badForm'],
] as const)('says what is wrong with %s', async (_, body, status, word) => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', cookie: 'locale=uk' };
  const answer = await fetch(`${shop.url}/checkout`, { method: 'POST', headers, body });
  expect(answer.status).toBe(status);
  expect(await answer.text()).toContain(shopWords.uk[word]);
});
