import { createServer } from 'node:http';
import type { BlockList } from 'node:net';
import type { Payload as PayloadLike, PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';
import express, { json, type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { z } from 'zod';
import { isAmong } from '../http/address-list.ts';
import { listen, type Listening } from '../http/listen.ts';
import { serverLimits } from '../http/server-limits.ts';
import type { Logger } from '../observability/logger.ts';
import { auditWith } from './audit.ts';
import { loginRoutes } from './login.ts';
import { pageHeaders } from './pages.ts';
import { readerOf, readersWith, type ReaderOptions } from './readers.ts';

export interface CodecServerOptions extends ReaderOptions {
  /** 0 picks a free one. */
  readonly port: number;
  readonly codec: PayloadCodec;
  /** Origins of the Temporal UIs that may ask. */
  readonly origins: readonly string[];
  /** Of the payments that the page links to. */
  readonly namespace?: string;
  /** Proxies whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: BlockList | null;
  readonly logger: Logger;
}

/** What one request may make of its payloads. */
const mostBytes = 32 * 1024 * 1024;

const { Payload } = proto.temporal.api.common.v1;
const base64 = z.base64();
const payloadsBody = z.object({
  payloads: z
    .array(z.object({ metadata: z.record(z.string(), base64).default({}), data: base64.default('') }))
    .max(1_000),
});

/** Temporal's remote codec protocol (docs.temporal.io, "Codec Server"): `POST /decode` and `/encode`. */
function codecApp({
  codec,
  origins,
  namespace = 'default',
  trustedProxies,
  logger,
  ...access
}: Omit<CodecServerOptions, 'port'>): Express {
  const app = express();
  app.disable('x-powered-by').set('etag', false);
  app.set('trust proxy', (address: string) => trustedProxies !== null && isAmong(trustedProxies, address));
  app.use(pageHeaders, allow(origins));
  const audit = auditWith(logger);
  const readers = readersWith(access, audit);
  app.use(loginRoutes(readers, { origins, namespace }, audit));
  app.use(...readers.handlers, json({ limit: '8mb' }));
  for (const operation of ['decode', 'encode'] as const) {
    app.post(`/${operation}`, async (request, response) => {
      const parsed = payloadsBody.safeParse(request.body);
      if (!parsed.success) {
        response.status(400).json({ message: 'The body must be {"payloads": [{"metadata", "data"}]}.' });
        return;
      }
      const payloads = parsed.data.payloads.map((payload) => Payload.fromObject(payload));
      const done = await each(payloads, (payload) => codec[operation]([payload]));
      if (Array.isArray(done)) {
        audit.read(request, readerOf(response), { operation, payloads: done });
        response.json({
          payloads: done.map((it) => Payload.toObject(Payload.fromObject(it), { bytes: String })),
        });
      } else {
        audit.refused(request, done.status, readerOf(response));
        response.status(done.status).json({ message: done.message });
      }
    });
  }
  app.use((_request, response) => {
    response.status(404).json({ message: 'There are POST /decode and POST /encode.' });
  });
  app.use(onMalformed);
  return app;
}

interface Refusal {
  readonly status: number;
  readonly message: string;
}

/** One after the other, so that little that was sent cannot become more than the process has room for. */
async function each(
  payloads: readonly PayloadLike[],
  act: (payload: PayloadLike) => Promise<PayloadLike[]>,
): Promise<PayloadLike[] | Refusal> {
  const done: PayloadLike[] = [];
  let size = 0;
  try {
    for (const payload of payloads) {
      const made = await act(payload);
      for (const { data } of made) size += data?.length ?? 0;
      if (size > mostBytes)
        return { status: 413, message: 'The payloads are over 32 MB in clear: send fewer.' };
      done.push(...made);
    }
    return done;
  } catch {
    return { status: 422, message: 'No key of PAYLOAD_KEYS fits one of the payloads.' };
  }
}

const tooLarge = z.object({ status: z.literal(413) });

// Express knows an error handler by its four parameters.
// eslint-disable-next-line max-params
const onMalformed: ErrorRequestHandler = (error, _request, response, _next) => {
  const status = tooLarge.safeParse(error).success ? 413 : 400;
  response.status(status).json({ message: 'The body cannot be read: it must be JSON of at most 8 MB.' });
};

/** CORS for the Temporal UI; nothing of an answer may stay anywhere. */
function allow(origins: readonly string[]): RequestHandler {
  return (request, response, next) => {
    response.set({ 'cache-control': 'no-store', vary: 'origin' });
    const origin = request.get('origin');
    if (origin !== undefined && origins.includes(origin)) {
      response.locals['allowed'] = true;
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

export const startCodecServer = ({ port, ...options }: CodecServerOptions): Promise<Listening> =>
  listen(createServer(serverLimits, codecApp(options)), port);
