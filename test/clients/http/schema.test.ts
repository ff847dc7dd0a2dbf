import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { expect, it } from 'vitest';
import { openApiDocument } from '../../../src/ingress/docs/openapi.ts';

/** The document without what is no help in TypeScript: the list of currencies, CSV and HTML. */
const document = JSON.stringify(openApiDocument, (name, value: unknown) =>
  name === 'text/csv' || name === 'text/html' || (name === 'enum' && String(value).includes('USD'))
    ? undefined
    : value,
);

it('the types of the HTTP client are those of the OpenAPI document (npx vitest run test/clients/http -u)', async () => {
  const types = astToString(await openapiTS(JSON.parse(document) as OpenAPI3, { defaultNonNullable: false }));
  const head = '// Generated from the OpenAPI document: npx vitest run test/clients/http -u\n\n';
  await expect(head + types).toMatchFileSnapshot('../../../src/clients/http/schema.ts');
});
