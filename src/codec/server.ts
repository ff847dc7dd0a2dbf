import { once } from 'node:events';
import { createServer } from 'node:http';
import type { PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';
import express, {
  json,
  type ErrorRequestHandler,
  type Express,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import { ipKeyGenerator, rateLimit, type Options } from 'express-rate-limit';
import { z } from 'zod';
import { digestOf, placeOfBearer } from '../access/bearer-token.ts';

export interface CodecServerOptions {
  /** 0 picks a free one. */
  readonly port: number;
  readonly codec: PayloadCodec;
  /** `Authorization: Bearer` of those who may read payments. */
  readonly tokens: readonly string[];
  /** Origins of the Temporal UIs that may ask. */
  readonly origins: readonly string[];
  /** Requests a minute of one token at one address. */
  readonly rateLimit: number;
}

const { Payload } = proto.temporal.api.common.v1;
const base64 = z.base64();
const body = z.object({
  payloads: z
    .array(z.object({ metadata: z.record(z.string(), base64).default({}), data: base64.default('') }))
    .max(1_000),
});

/** Temporal's remote codec protocol (docs.temporal.io, "Codec Server"): `POST /decode` and `/encode`. */
function codecApp({
  codec,
  tokens,
  origins,
  rateLimit: perMinute,
}: Omit<CodecServerOptions, 'port'>): Express {
  const app = express();
  app.disable('x-powered-by').set('etag', false);
  app.use(allow(origins));
  app.use(
    limited({ limit: guessesPerMinute, requestWasSuccessful: isNoGuess, skipSuccessfulRequests: true }),
    bearer(tokens),
    limited({ limit: perMinute, keyGenerator: tokenAndAddress }),
    json({ limit: '8mb' }),
  );
  for (const way of ['decode', 'encode'] as const) {
    app.post(`/${way}`, async (request, response) => {
      const parsed = body.safeParse(request.body);
      if (!parsed.success) {
        response.status(400).json({ message: 'The body must be {"payloads": [{"metadata", "data"}]}.' });
        return;
      }
      const payloads = parsed.data.payloads.map((payload) => Payload.fromObject(payload));
      const done = await codec[way](payloads).catch(() => null);
      if (done)
        response.json({
          payloads: done.map((it) => Payload.toObject(Payload.fromObject(it), { bytes: String })),
        });
      else response.status(422).json({ message: 'No key of PAYLOAD_KEYS fits one of the payloads.' });
    });
  }
  app.use(malformed);
  return app;
}

// Express knows an error handler by its four parameters.
// eslint-disable-next-line max-params
const malformed: ErrorRequestHandler = (_error, _request, response, _next) => {
  response.status(400).json({ message: 'The body cannot be read: it must be JSON of at most 8 MB.' });
};

/** CORS for the Temporal UI; nothing of an answer may stay anywhere. */
function allow(origins: readonly string[]): RequestHandler {
  return (request, response, next) => {
    response.set({ 'cache-control': 'no-store', vary: 'origin' });
    const origin = request.get('origin');
    if (origin !== undefined && origins.includes(origin)) {
      response.set({
        'access-control-allow-origin': origin,
        'access-control-allow-methods': 'POST',
        'access-control-allow-headers': 'authorization, content-type, x-namespace',
        'access-control-allow-credentials': 'true',
      });
    }
    if (request.method === 'OPTIONS') response.status(204).end();
    else next();
  };
}

const guessesPerMinute = 20;
const isNoGuess = (_request: Request, { statusCode }: Response): boolean => statusCode !== 401;
const tokenAndAddress = ({ ip = '' }: Request, { locals }: Response): string =>
  `${String(locals['token'])} ${ipKeyGenerator(ip)}`;

/** So many requests a minute: a token that leaked empties no history, and none is found by trying. */
const limited = (options: Partial<Options>): RequestHandler =>
  rateLimit({
    windowMs: 60_000,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    message: { message: 'Too many requests. Wait for Retry-After.' },
    ...options,
  });

function bearer(tokens: readonly string[]): RequestHandler {
  const digests = tokens.map(digestOf);
  return (request, response, next) => {
    const place = placeOfBearer(request.get('authorization'), digests);
    if (place !== null) {
      response.locals['token'] = place;
      next();
    } else response.status(401).json({ message: 'Send "Authorization: Bearer <token>" of CODEC_TOKENS.' });
  };
}

export async function startCodecServer({ port, ...options }: CodecServerOptions) {
  const server = createServer(codecApp(options));
  server.listen(port);
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      await closed;
    },
  };
}
