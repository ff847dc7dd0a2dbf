import type { Request, RequestHandler, Response } from 'express';
import { ipKeyGenerator, rateLimit, type Options } from 'express-rate-limit';
import { digestOf, guessesPerMinute, placeOfBearer } from '../http/bearer-token.ts';
import type { Audit } from './audit.ts';
import { Sessions, sessionSeconds } from './session.ts';

interface ReaderToken {
  /** Who reads with it: a person or a machine. */
  readonly name: string;
  readonly token: string;
}

export interface ReaderOptions {
  /** What shows that somebody may read payments. */
  readonly tokens: readonly ReaderToken[];
  /** Requests a minute of one token at one address. */
  readonly rateLimit: number;
}

export interface Readers {
  /** Lets those in who show a token, or the session that a browser was given for one. */
  readonly handlers: readonly RequestHandler[];
  /** Counts who shows neither; answers 429 in the end. */
  readonly guesses: RequestHandler;
  isLoggedIn(request: Request): boolean;
  /** Whether it was a token: then the browser has a session. */
  logIn(request: Request, response: Response, token: string): boolean;
  logOut(request: Request, response: Response): void;
}

/** Those who may read payments: machines by `Authorization: Bearer`, browsers by a cookie. */
export function readersWith({ tokens, rateLimit: perMinute }: ReaderOptions, audit: Audit): Readers {
  const digests = tokens.map(({ token }) => digestOf(token));
  const sessions = new Sessions<ReaderToken>();
  const byAuthorization = (value: string | undefined): ReaderToken | null =>
    tokens[placeOfBearer(value, digests) ?? -1] ?? null;
  const identify: RequestHandler = (request, { locals }, next) => {
    const byToken = byAuthorization(request.get('authorization'));
    const reader = byToken ?? sessions.holderOf(sessionIn(request));
    // A page elsewhere can make a browser send its cookie; only those who hold the token can send that.
    locals['foreign'] = reader !== null && byToken === null && locals['allowed'] !== true;
    locals['reader'] = reader?.name ?? null;
    locals['token'] = reader === null ? null : tokens.indexOf(reader);
    next();
  };
  const limited = limitedWith(audit);
  return {
    handlers: [
      identify,
      limited({ limit: guessesPerMinute, skip: (_request, { locals }) => locals['token'] !== null }),
      refuseWith(audit),
      limited({ limit: perMinute, keyGenerator: tokenAndAddress }),
    ],
    guesses: limited({ limit: guessesPerMinute }),
    isLoggedIn: (request) => sessions.holderOf(sessionIn(request)) !== null,
    logIn(request, response, token) {
      const reader = byAuthorization(`Bearer ${token}`);
      if (!reader) return false;
      setCookie(request, response, sessions.begin(reader));
      audit.loggedIn(request, reader.name);
      return true;
    },
    logOut(request, response) {
      const value = sessionIn(request);
      audit.loggedOut(request, sessions.holderOf(value)?.name ?? null);
      sessions.end(value);
      setCookie(request, response, null);
    },
  };
}

/** Who was let in. */
export const readerOf = ({ locals }: Response): string => String(locals['reader']);

const refuseWith =
  (audit: Audit): RequestHandler =>
  (request, response, next) => {
    const isForeign = response.locals['foreign'] === true;
    if (response.locals['token'] !== null && !isForeign) {
      next();
      return;
    }
    const status = isForeign ? 403 : 401;
    audit.refused(request, status, isForeign ? readerOf(response) : undefined);
    response.status(status).json({
      message: isForeign
        ? 'The origin of this page is not in CODEC_ORIGINS.'
        : 'Log in at the address of this server, or send "Authorization: Bearer <token>" of CODEC_TOKENS.',
    });
  };

const tokenAndAddress = ({ ip = '' }: Request, { locals }: Response): string =>
  `${String(locals['token'])} ${ipKeyGenerator(ip)}`;

const limitedWith =
  (audit: Audit) =>
  (options: Partial<Options>): RequestHandler =>
    rateLimit({
      windowMs: 60_000,
      standardHeaders: 'draft-8',
      legacyHeaders: false,
      handler(request, response) {
        audit.refused(request, 429, response.locals['token'] == null ? undefined : readerOf(response));
        response.status(429).json({ message: 'Too many requests. Wait for Retry-After.' });
      },
      ...options,
    });

/** Without TLS a browser takes no `Secure` cookie, save that some do on the machine itself. */
const isLocal = (request: Request): boolean =>
  /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(request.get('host') ?? '');
/** The prefix keeps neighbours of the domain from setting the cookie in our place. */
const nameFor = (request: Request): string => (isLocal(request) ? 'paytone-codec' : '__Host-paytone-codec');

function sessionIn(request: Request): string {
  const start = `${nameFor(request)}=`;
  const cookies = (request.get('cookie') ?? '').split(/; */);
  return cookies.find((cookie) => cookie.startsWith(start))?.slice(start.length) ?? '';
}

function setCookie(request: Request, response: Response, value: string | null): void {
  response.cookie(nameFor(request), value ?? '', {
    httpOnly: true,
    sameSite: 'strict',
    secure: !isLocal(request),
    maxAge: value === null ? 0 : sessionSeconds * 1000,
  });
}
