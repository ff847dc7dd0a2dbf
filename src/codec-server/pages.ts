import { createHash } from 'node:crypto';
import type { RequestHandler } from 'express';
import { viewsOf } from './views.ts';

const styleSheet = `
body{font:1rem/1.5 system-ui,sans-serif;max-width:36rem;margin:15vh auto 0;padding:0 1.5rem;color:#1c2430}
h1{font-size:1.5rem}label{display:block;font-weight:600}
input{box-sizing:border-box;width:100%;font:inherit;padding:.5rem;margin:.25rem 0 1rem}
button{font:inherit;padding:.5rem 1.25rem;border:0;border-radius:.25rem;background:#3d5ccf;color:#fff}.wrong{color:#a4161a;font-weight:600}`;

const htmlPage = (title: string, content: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><style>${styleSheet}</style></head><body><main><h1>${title}</h1>
${content}</main></body></html>`;

/** `wrong`: a fixed text; nothing of the request is shown. */
export const loginPage = (wrong?: string): string =>
  htmlPage(
    'Payments in the Temporal UI',
    `<p>Temporal keeps payments encrypted. With a token this browser may show them in the Temporal UI for four hours.</p>
${wrong === undefined ? '' : `<p class="wrong" role="alert">${wrong}</p>`}
<form method="post" action="/login"><label for="token">Token</label>
<input id="token" name="token" type="password" autocomplete="current-password" required autofocus>
<button>Log in</button></form>`,
  );

/** The Temporal UIs that may decode, and whose namespace the links are of. */
export interface Uis {
  readonly origins: readonly string[];
  readonly namespace: string;
}

const viewList = (ui: string, namespace: string): string =>
  viewsOf(ui, namespace)
    .map(({ name, url }) => `<li><a href="${url.replaceAll('&', '&amp;')}">${name}</a></li>`)
    .join('');

export const welcomePage = ({ origins, namespace }: Uis): string =>
  htmlPage(
    'This browser may read payments',
    `<p>Reload the Temporal UI:${origins.map((origin) => ` <a href="${origin}">${origin}</a>`).join(',')}.</p>
${origins.map((origin) => `<h2>Ready views</h2><ul>${viewList(origin, namespace)}</ul>`).join('')}
<p>Where payments there stay unreadable, set it up once in this browser:</p>
<ol><li>“Configure Codec Server” at the top right,</li>
<li>“Use my browser setting and ignore Cluster-level setting”,</li>
<li>the address of this page as the endpoint,</li>
<li>“Include cross-origin credentials”.</li></ol>
<form method="post" action="/logout"><button>Log out</button></form>`,
  );

const styleHash = createHash('sha256').update(styleSheet).digest('base64');

/** No script, no frame around the form, and an `Origin` that says which page sent it. */
export const pageHeaders: RequestHandler = (_request, response, next) => {
  response.set({
    'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
  });
  next();
};
