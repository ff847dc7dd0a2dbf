import type { Request, RequestHandler, Response } from 'express';
import { ipKeyGenerator, rateLimit, type Options } from 'express-rate-limit';
import { digestOf, placeOfBearer } from '../access/bearer-token.ts';
import { sessionKeyOf, sessionSeconds } from './session.ts';

const guessesPerMinute = 20;

export interface ReaderOptions {
  /** What shows that somebody may read payments. */
  readonly tokens: readonly string[];
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
export function readersWith({ tokens, rateLimit: perMinute }: ReaderOptions): Readers {
  const digests = tokens.map(digestOf);
  const keys = tokens.map(sessionKeyOf);
  const placeOfSession = (request: Request): number | null => {
    const value = sessionOf(request);
    const place = keys.findIndex((key) => key.isValid(value, Date.now()));
    return place === -1 ? null : place;
  };
  const identify: RequestHandler = (request, { locals }, next) => {
    const byToken = placeOfBearer(request.get('authorization'), digests);
    const place = byToken ?? placeOfSession(request);
    // A page elsewhere can make a browser send its cookie; only those who hold the token can send that.
    locals['foreign'] = place !== null && byToken === null && locals['allowed'] !== true;
    locals['token'] = place;
    next();
  };
  return {
    handlers: [
      identify,
      limited({ limit: guessesPerMinute, skip: (_request, { locals }) => locals['token'] !== null }),
      refuse,
      limited({ limit: perMinute, keyGenerator: tokenAndAddress }),
    ],
    guesses: limited({ limit: guessesPerMinute, standardHeaders: false }),
    isLoggedIn: (request) => placeOfSession(request) !== null,
    logIn(request, response, token) {
      const key = keys[placeOfBearer(`Bearer ${token}`, digests) ?? -1];
      if (key) setCookie(request, response, key.issue(Date.now()));
      return key !== undefined;
    },
    logOut: (request, response) => setCookie(request, response, null),
  };
}

const refuse: RequestHandler = (_request, response, next) => {
  if (response.locals['token'] === null)
    response.status(401).json({
      message:
        'Log in at the address of this server, or send "Authorization: Bearer <token>" of CODEC_TOKENS.',
    });
  else if (response.locals['foreign'] === true)
    response.status(403).json({ message: 'The origin of this page is not in CODEC_ORIGINS.' });
  else next();
};

const tokenAndAddress = ({ ip = '' }: Request, { locals }: Response): string =>
  `${String(locals['token'])} ${ipKeyGenerator(ip)}`;

const limited = (options: Partial<Options>): RequestHandler =>
  rateLimit({
    windowMs: 60_000,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    message: { message: 'Too many requests. Wait for Retry-After.' },
    ...options,
  });

/** Without TLS a browser takes no `Secure` cookie, save that some do on the machine itself. */
const isLocal = (request: Request): boolean =>
  /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(request.get('host') ?? '');
/** The prefix keeps neighbours of the domain from setting the cookie in our place. */
const nameFor = (request: Request): string => (isLocal(request) ? 'paytone-codec' : '__Host-paytone-codec');

function sessionOf(request: Request): string {
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
