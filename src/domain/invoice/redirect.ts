import type { Redirect } from './invoice.ts';

/** Where a customer may be sent by an answer of the platform. */
export interface RedirectRule {
  /** Plain http is for a sandbox that is itself reached by http. */
  readonly httpsOnly: boolean;
  /** `REDIRECT_HOSTS`; null allows every host. */
  readonly hosts: readonly string[] | null;
}

/** Why a customer must not be sent there, or null. */
export function redirectFaultOf(redirect: Redirect | null, rule: RedirectRule): string | null {
  if (!redirect) return 'redirect: the platform gave no address of its payment page';
  const urls = redirect.hppUrl === null ? [redirect.url] : [redirect.url, redirect.hppUrl];
  return urls.map((url) => urlFaultOf(url, rule)).find((fault) => fault !== null) ?? null;
}

/** What is kept of it: an operator may accept another host, and nothing else that is wrong with an address. */
export const checkedRedirect = (redirect: Redirect | null, rule: RedirectRule) => ({
  redirect: redirectFaultOf(redirect, { ...rule, hosts: null }) === null ? redirect : null,
  redirectFault: redirectFaultOf(redirect, rule),
});

function urlFaultOf(text: string, { httpsOnly, hosts }: RedirectRule): string | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol)) return 'redirect: the address of the payment page is no URL';
  if (httpsOnly && url.protocol !== 'https:') return `redirect: ${url.host} is not reached by https`;
  if (hosts && !hosts.includes(url.host)) return `redirect: ${url.host} is not one of REDIRECT_HOSTS`;
  return null;
}
