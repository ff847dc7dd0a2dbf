import { randomUUID } from 'node:crypto';
import { STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { malformed, problemBody, type Problem } from '../payments/problem.ts';

/** Node's names for what it could not read; anything else is malformed. */
const parserProblems: Readonly<Record<string, Problem>> = {
  HPE_HEADER_OVERFLOW: {
    kind: 'too-large',
    status: 431,
    detail: 'The head of the request is over 16 KiB. Send fewer or shorter headers.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    kind: 'too-slow',
    status: 408,
    detail: 'The request was not there within 10 seconds. Nothing was done: send it again.',
  },
};

const unreadable = malformed('The request is no HTTP that this server can read. Nothing was done.', []);
const lingerMs = 1_000;

const expectation: Problem = {
  ...malformed('"Expect" may only say "100-continue".', []),
  status: 417,
};

/** What Node answers before any route sees the request is a problem with a request id, as every other is. */
export function answerUnread(server: Server): void {
  const answers = new WeakMap<Duplex, ServerResponse>();
  server.prependListener('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    answers.set(socket, response);
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    const answer = answers.get(socket);
    // In the middle of an answer nothing else can be said.
    if (!socket.writable || (answer?.headersSent && !answer.writableFinished)) {
      socket.destroy();
      return;
    }
    socket.end(httpMessageOf(parserProblems[error.code ?? ''] ?? unreadable));
    // At once it would be a reset, which takes the answer with it; later, it is for who never closes.
    setTimeout(() => socket.destroy(), lingerMs).unref();
  });
  server.on('checkExpectation', (_request, response: ServerResponse) => {
    const { headers, body } = answerOf(expectation);
    response.writeHead(expectation.status, headers).end(body);
  });
}

function answerOf(problem: Problem) {
  const requestId = randomUUID();
  const body = JSON.stringify({ ...problemBody(problem), requestId });
  const headers = {
    'content-type': 'application/problem+json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    'cache-control': 'no-store',
    'x-request-id': requestId,
    connection: 'close',
  };
  return { headers, body };
}

function httpMessageOf(problem: Problem): string {
  const { headers, body } = answerOf(problem);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}`, ...lines, '', body].join(
    '\r\n',
  );
}
