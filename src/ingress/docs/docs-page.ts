import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { problemTypes } from '../../payments/problem.ts';
import { escaped } from '../../http/html.ts';
import { openApiDocument } from './openapi.ts';
import { repairStyle } from './scalar-repairs.ts';

const code = (text: string): string => escaped(text).replace(/`([^`]+)`/g, '<code>$1</code>');

/** A file that the build puts beside this one; before a build it is where it comes from. */
const fileOf = (built: string, source: string): string => {
  const besides = fileURLToPath(new URL(built, import.meta.url));
  return existsSync(besides) ? besides : fileURLToPath(new URL(`../../../${source}`, import.meta.url));
};

/** Scalar's page of an OpenAPI document, one file for browsers. */
export const scalarPath = fileOf(
  './scalar.js',
  'node_modules/@scalar/api-reference/dist/browser/standalone.js',
);

/** The order API as a collection of Postman: `npm run collection`. */
export const collectionPath = fileURLToPath(new URL('./collection.json', import.meta.url));

/** docs/payment.md without what this page cannot show: its diagram, and links to other files. */
const guide = readFileSync(fileOf('./payment.md', 'docs/payment.md'), 'utf8')
  .replace(/^# .*\n/, '')
  .replace(/```mermaid[\s\S]*?```\n/, '')
  .replace(/\[([^\]]+)\]\((?!https?:|#)[^)]*\)/g, '$1');

/** What the page shows: the document, and the guide for those who integrate. */
export const documentWithGuide = {
  ...openApiDocument,
  info: { ...openApiDocument.info, description: `${openApiDocument.info.description}\n\n${guide}` },
};

/** Scalar runs, styles itself, and calls this API for those who try it; nothing leaves this origin. */
export const docsSecurity =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** https://github.com/scalar/scalar/blob/main/documentation/configuration.md */
const configuration = {
  url: '/docs/document.json',
  withDefaultFonts: false,
  telemetry: false,
  showDeveloperTools: 'never',
  hideClientButton: true,
  agent: { disabled: true },
  mcp: { disabled: true },
  documentDownloadType: 'json',
  // Its own colours are too pale for many readers (WCAG 2.2, 1.4.3).
  customCss: `${repairStyle}.light-mode{--scalar-color-2:#4f4f4f;--scalar-color-3:#666;--scalar-color-blue:#005fa3;--scalar-color-orange:#a04000;--scalar-color-green:#00663a}.dark-mode{--scalar-color-2:#c4c4c4;--scalar-color-3:#a6a6a6}`,
  defaultHttpClient: { targetKey: 'shell', clientKey: 'curl' },
};

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title><link rel="icon" href="data:,"></head><body>${body}</body></html>`;

interface DocumentedCall {
  readonly summary: string;
}

/** For those without scripts: every call, and every kind of problem. */
const calls = Object.entries<Readonly<Record<string, DocumentedCall>>>(openApiDocument.paths).flatMap(
  ([path, operations]) =>
    Object.entries(operations).map(
      ([method, { summary }]) =>
        `<li><code>${method.toUpperCase()} ${escaped(path)}</code> ${escaped(summary)}</li>`,
    ),
);

const problems = problemTypes.map(
  ({ type, title }) => `<li><a href="${type}">${type}</a> ${escaped(title)}</li>`,
);

/** `GET /docs`: the order API for people, from the document itself. */
export const docsPage = page(
  'Order API',
  `<noscript><h1>Order API</h1><ul>${calls.join('')}</ul><h2>Problems</h2><ul>${problems.join('')}</ul>
<p>The whole description is <a href="/openapi.json">/openapi.json</a>. If you allow scripts, this page shows it.</p></noscript>
<script id="api-reference" data-configuration="${escaped(JSON.stringify(configuration))}"></script>
<script src="/docs/scalar.js"></script><script src="/docs/repairs.js"></script>`,
);

const style = 'font:1rem/1.5 system-ui,sans-serif;max-width:56rem;margin:2rem auto;padding:0 1rem';

/** `GET /docs/problems/{kind}`: what the `type` of a problem leads to. */
export function problemPage(path: string): string | null {
  const problem = problemTypes.find(({ type }) => type === path);
  if (!problem) return null;
  const { title, advice } = problem;
  return page(
    title,
    `<main style="${style}"><h1>${escaped(title)}</h1><p>${code(advice)}</p><p><a href="/docs">Order API</a></p></main>`,
  );
}
