import { escaped } from '../../reconciliation/escaped.ts';
import { openApiDocument } from './openapi.ts';
import { requestExamples } from './request-examples.ts';
import { problemTypes } from '../../payments/problem.ts';
import { fieldsOf } from './schema-fields.ts';

const code = (text: string): string => escaped(text).replace(/`([^`]+)`/g, '<code>$1</code>');

interface Operation {
  readonly summary: string;
  readonly requestBody?: {
    readonly content: { readonly 'application/json': { readonly schema: { readonly $ref: string } } };
  };
  readonly responses: Readonly<Record<string, { readonly description: string }>>;
}

function operation(method: string, path: string, { summary, requestBody, responses }: Operation): string {
  const name = requestBody?.content['application/json'].schema.$ref.split('/').at(-1);
  const answers = Object.entries(responses).map(
    ([status, { description }]) => `<tr><th scope="row">${status}</th><td>${code(description)}</td></tr>`,
  );
  const given = name === undefined ? '' : `<p>Body: <a href="#${name}">${name}</a></p>`;
  return `<section><h2><b>${method.toUpperCase()}</b> ${escaped(path)}</h2><p>${code(summary)}</p>${given}
<table>${answers.join('')}</table></section>`;
}

function fields(name: string, schema: object): string {
  const rows = fieldsOf(schema).map(
    ({ path, type, required, notes }) =>
      `<tr><th scope="row"><code>${escaped(path)}</code></th><td>${escaped(type)}${required ? ', required' : ''}</td><td>${code(notes)}</td></tr>`,
  );
  const shown = Object.entries(requestExamples[name] ?? {}).map(
    ([title, { value }]) => `<p>${title}:</p><pre>${escaped(JSON.stringify(value, null, 2))}</pre>`,
  );
  return `<section><h2 id="${name}">${name}</h2>${shown.join('')}<table>${rows.join('')}</table></section>`;
}

/** What the `type` of each problem means; `Link` of the problem leads here. */
function problems(): string {
  const rows = problemTypes.map(
    ({ type, help, title, advice }) =>
      `<tr id="${help}"><th scope="row"><code>${type}</code></th><td>${title}. ${code(advice)}</td></tr>`,
  );
  return `<section><h2>Problems</h2><table>${rows.join('')}</table></section>`;
}

/** `GET /docs`: the order API for people, from the document itself. */
export function docsPage(): string {
  const { paths, webhooks } = openApiDocument;
  const operations = Object.entries({ ...paths, OUTCOME_URL: webhooks.outcome }).flatMap(([path, methods]) =>
    Object.entries<Operation>(methods).map(([method, it]) => operation(method, path, it)),
  );
  const schemas = Object.entries(openApiDocument.components.schemas).map(([name, schema]) =>
    fields(name, schema),
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Paytone payments: order API</title><style>
body{font:1rem/1.5 system-ui,sans-serif;max-width:56rem;margin:2rem auto;padding:0 1rem;color:#1c2430}
h2{font-size:1.1rem;margin-top:2rem}b{color:#1a5fb4}table{border-collapse:collapse;overflow-wrap:anywhere}
th,td{text-align:left;vertical-align:top;padding:.2rem .8rem .2rem 0}pre{background:#f4f5f7;padding:1rem;overflow:auto}
</style></head><body><main><h1>Order API</h1>
<p>${code(openApiDocument.info.description)} Send <code>Authorization: Bearer</code> with a key of <code>ORDER_API_KEYS</code>.
The document for machines: <a href="/openapi.json">/openapi.json</a>.</p>
${operations.join('\n')}${problems()}${schemas.join('\n')}</main></body></html>`;
}
