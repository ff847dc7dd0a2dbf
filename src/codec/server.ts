import { once } from 'node:events';
import { createServer } from 'node:http';
import type { PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';
import express, { json, type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { z } from 'zod';
import { closing } from '../http/closing.ts';
import { loginRoutes } from './login.ts';
import { pageHeaders } from './pages.ts';
import { readersWith, type ReaderOptions } from './readers.ts';

export interface CodecServerOptions extends ReaderOptions {
  /** 0 picks a free one. */
  readonly port: number;
  readonly codec: PayloadCodec;
  /** Origins of the Temporal UIs that may ask. */
  readonly origins: readonly string[];
}

const { Payload } = proto.temporal.api.common.v1;
const base64 = z.base64();
const body = z.object({
  payloads: z
    .array(z.object({ metadata: z.record(z.string(), base64).default({}), data: base64.default('') }))
    .max(1_000),
});

/** Temporal's remote codec protocol (docs.temporal.io, "Codec Server"): `POST /decode` and `/encode`. */
function codecApp({ codec, origins, ...access }: Omit<CodecServerOptions, 'port'>): Express {
  const app = express();
  app.disable('x-powered-by').set('etag', false);
  app.use(pageHeaders, allow(origins));
  const readers = readersWith(access);
  app.use(loginRoutes(readers, origins));
  app.use(...readers.handlers, json({ limit: '8mb' }));
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
  app.use((_request, response) => {
    response.status(404).json({ message: 'There are POST /decode and POST /encode.' });
  });
  app.use(malformed);
  return app;
}

const tooLarge = z.object({ status: z.literal(413) });

// Express knows an error handler by its four parameters.
// eslint-disable-next-line max-params
const malformed: ErrorRequestHandler = (error, _request, response, _next) => {
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

export async function startCodecServer({ port, ...options }: CodecServerOptions) {
  const server = createServer(codecApp(options));
  const close = closing(server);
  server.listen(port);
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    close,
  };
}
