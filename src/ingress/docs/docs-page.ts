import { problemTypes } from '../../payments/problem.ts';
import { escaped } from '../../reconciliation/escaped.ts';
import { sharedResponses } from './openapi-parts.ts';
import { openApiDocument } from './openapi.ts';
import { requestExamples } from './request-examples.ts';
import { fieldsOf, nameIn } from './schema-fields.ts';

const code = (text: string): string => escaped(text).replace(/`([^`]+)`/g, '<code>$1</code>');
const row = (head: string, ...cells: string[]): string =>
  `<tr><th scope="row">${head}</th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;

type Answer = { readonly description: string } | { readonly $ref: string };
interface Operation {
  readonly summary: string;
  readonly description: string;
  readonly requestBody?: {
    readonly content: { readonly 'application/json': { readonly schema: { readonly $ref: string } } };
  };
  readonly responses: Readonly<Record<string, Answer>>;
}

const wordsOf = (answer: Answer): string =>
  'description' in answer ? answer.description : (sharedResponses[nameIn(answer.$ref)]?.description ?? '');

function operation(method: string, path: string, it: Operation): string {
  const $ref = it.requestBody?.content['application/json'].schema.$ref;
  const answers = Object.entries(it.responses).map(([status, answer]) => row(status, code(wordsOf(answer))));
  const given = $ref === undefined ? '' : `<p>Body: <a href="#${nameIn($ref)}">${nameIn($ref)}</a></p>`;
  return `<section><h3>${escaped(it.summary)}</h3><p><b>${method.toUpperCase()}</b> <code>${escaped(path)}</code></p>
<p>${code(it.description)}</p>${given}<table>${answers.join('')}</table></section>`;
}

function fields(name: string, schema: object): string {
  const rows = fieldsOf(schema).map(({ name: field, type, holds, required, notes }) => {
    const shown = holds === null ? escaped(type) : `<a href="#${holds}">${escaped(type)}</a>`;
    return row(`<code>${escaped(field)}</code>`, `${shown}${required ? ', required' : ''}`, code(notes));
  });
  const examples = Object.entries(requestExamples[name] ?? {}).map(
    ([title, { value }]) => `<p>${title}:</p><pre>${escaped(JSON.stringify(value, null, 2))}</pre>`,
  );
  const about = 'description' in schema ? `<p>${code(String(schema.description))}</p>` : '';
  return `<section><h3 id="${name}">${name}</h3>${about}${examples.join('')}<table>${rows.join('')}</table></section>`;
}

const page = (title: string, main: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title><style>
body{font:1rem/1.5 system-ui,sans-serif;max-width:56rem;margin:2rem auto;padding:0 1rem;color:#1c2430}
h2,h3{margin-top:2rem}b{color:#1a5fb4}table{border-collapse:collapse;overflow-wrap:anywhere}
th,td{text-align:left;vertical-align:top;padding:.2rem .8rem .2rem 0}pre{background:#f4f5f7;padding:1rem;overflow:auto}
</style></head><body><main><h1>${escaped(title)}</h1>
${main}</main></body></html>`;

/** `GET /docs`: the order API for people, from the document itself. */
export function docsPage(): string {
  const { paths, webhooks, components, info } = openApiDocument;
  const operations = Object.entries({ ...paths, 'your endpoint': webhooks.outcome }).flatMap(
    ([path, methods]) =>
      Object.entries<Operation>(methods).map(([method, it]) => operation(method, path, it)),
  );
  const schemas = Object.entries(components.schemas).map(([name, schema]) => fields(name, schema));
  const problems = problemTypes.map(({ type, title }) => row(`<a href="${type}">${type}</a>`, title));
  return page(
    'Order API',
    `<p>${code(info.description)} Send <code>Authorization: Bearer</code> with a key of your order service.
The machine-readable document is <a href="/openapi.json">/openapi.json</a>.</p>
<h2>Calls</h2>${operations.join('\n')}<h2>Problems</h2><table>${problems.join('')}</table>
<h2>Schemas</h2>${schemas.join('\n')}`,
  );
}

/** `GET /docs/problems/{kind}`: what the `type` of a problem leads to. */
export function problemPage(path: string): string | null {
  const problem = problemTypes.find(({ type }) => type === path);
  if (!problem) return null;
  const { title, advice } = problem;
  return page(title, `<p>${code(advice)}</p><p><a href="/docs">Order API</a></p>`);
}
