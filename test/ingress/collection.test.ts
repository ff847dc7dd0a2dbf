import { fetch } from 'undici';
import { expect, it, onTestFinished } from 'vitest';
import { openApiDocument } from '../../src/ingress/docs/openapi.ts';
import { startLoneIngress } from '../support/lone-ingress.ts';
import { postmanCollection } from '../tools/api/postman.ts';

interface Collection {
  readonly item: readonly {
    readonly item: readonly { readonly request: { method: string; url: { path: string[] } } }[];
  }[];
}

it('the collection holds every call, as the OpenAPI document has them now (npm run collection)', async () => {
  const ingress = await startLoneIngress();
  onTestFinished(() => ingress.stop());
  const answer = await fetch(`${ingress.url}/docs/collection.json`);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([
    200,
    'application/json; charset=utf-8',
  ]);
  const text = await answer.text();
  expect(text).toBe(await postmanCollection());
  const held = (JSON.parse(text) as Collection).item
    .flatMap(({ item }) => item)
    .map(({ request }) => `${request.method} /${request.url.path.join('/')}`);
  const documented = Object.entries(openApiDocument.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
  );
  expect(held.toSorted()).toEqual(documented.toSorted());
  expect(held.length).toBeGreaterThan(10);
});
