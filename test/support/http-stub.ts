import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { PaytoneError } from '../../src/paytone/paytone-error.ts';

export interface Request {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: unknown;
}

/** A server that answers as it is told to, and keeps what it was asked. */
export async function startHttpStub() {
  const requests: Request[] = [];
  let answer = (response: ServerResponse): void => void response.writeHead(500).end();
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { method = '', url = '', headers } = request;
      requests.push({ method, url, headers, body: body === '' ? null : JSON.parse(body) });
      answer(response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    /** Of a client that takes this for the platform. */
    account: { url, accountId: 'coma_1', privateKey: 'sk_test_1', publicKey: 'pk_test_1' },
    requests,
    last: (): Request => {
      const request = requests.at(-1);
      if (!request) throw new Error('nothing was asked');
      return request;
    },
    answerWith: (how: (response: ServerResponse) => void) => void (answer = how),
    json: (status: number, body: string, headers: Record<string, string> = {}) =>
      void (answer = (response) =>
        response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** How a call of the platform failed. */
export async function paytoneErrorOf(call: Promise<unknown>): Promise<PaytoneError> {
  const error: unknown = await call.catch((thrown: unknown) => thrown);
  if (!(error instanceof PaytoneError)) throw new Error('the call did not fail', { cause: error });
  return error;
}
