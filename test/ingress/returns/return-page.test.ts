import { fetch } from 'undici';
import { expect, it, onTestFinished } from 'vitest';
import { toOrderId } from '../../../src/domain/identity.ts';
import { signReturnToken } from '../../../src/ingress/returns/return-token.ts';
import { startLoneIngress } from '../../support/lone-ingress.ts';

async function visit(path: string) {
  const ingress = await startLoneIngress();
  onTestFinished(() => ingress.stop());
  const answer = await fetch(`${ingress.url}${path}`, { headers: { 'accept-language': 'uk' } });
  const [type, retryAfter] = ['content-type', 'retry-after'].map((name) => answer.headers.get(name));
  return { status: answer.status, type, retryAfter, text: await answer.text() };
}

it('asks customers for patience, in their language, while nobody knows how their payments stand', async () => {
  const token = signReturnToken(toOrderId('A1'), Date.now() + 60_000, ['sk_test_lone']);
  const { status, type, retryAfter, text } = await visit(`/return/${token}`);
  expect([status, type, retryAfter]).toEqual([503, 'text/html; charset=utf-8', '60']);
  expect(text).toContain('<html lang="uk">');
  expect(text).toContain('Не платіть, будь ласка, вдруге.');
});

it('says in the language of the browser that a link does not work', async () => {
  const { status, text } = await visit('/return/forged');
  expect(status).toBe(404);
  expect(text).toContain('Посилання недійсне');
});
