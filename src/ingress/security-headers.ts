import type { RequestHandler } from 'express';

const alwaysSent = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
};

/**
 * Nothing of an answer is kept, run or framed. HSTS is for answers that reach the browser over TLS (RFC 6797, section 7.2):
 * a trusted proxy says so, and with live keys it must be so.
 */
export const securityHeaders =
  (isLive: boolean): RequestHandler =>
  ({ secure }, response, next) => {
    response.set(alwaysSent);
    if (isLive || secure) response.set('strict-transport-security', 'max-age=31536000');
    next();
  };
