import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { fetch } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import { outcomeHeaders, secretOf } from '../support/outcome-receiver.ts';
import { startListener } from '../../src/developers/listen.ts';
import { listen } from '../../src/http/listen.ts';

const secret = secretOf('l');
const body = JSON.stringify({ type: 'payment.paid', data: { orderId: 'A1001' } });

describe('listen', () => {
  const stops: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
  });

  async function start(forwardTo: string | null) {
    const said: string[] = [];
    const { port, close } = await startListener({
      port: 0,
      secrets: [secret],
      forwardTo,
      say: (line) => void said.push(line),
    });
    stops.push(close);
    const tell = async (signedWith = secret): Promise<number> => {
      const headers = {
        'content-type': 'application/json',
        ...outcomeHeaders('out_1', body, signedWith),
      };
      return (await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', headers, body })).status;
    };
    return { said, tell };
  }

  it('takes what is signed, and says what it is', async () => {
    const { said, tell } = await start(null);
    expect(await tell()).toBe(204);
    expect(said).toEqual(['payment.paid  A1001  out_1  taken']);
  });

  it('refuses what another secret signed', async () => {
    const { said, tell } = await start(null);
    expect(await tell(secretOf('x'))).toBe(401);
    expect(said[0]).toContain('Is --secret the one of OUTCOME_SECRETS?');
  });

  it('passes it on to the byte with its signature, and answers as it is answered there', async () => {
    const received: unknown[] = [];
    const target = await listen(
      createServer((request, response) => {
        void text(request).then((came) => {
          const { 'webhook-id': id, 'webhook-signature': signature } = request.headers;
          received.push([came, id, typeof signature]);
          response.writeHead(503).end();
        });
      }),
      0,
    );
    stops.push(target.close);
    const { said, tell } = await start(`http://127.0.0.1:${target.port}/outcomes`);
    expect(await tell()).toBe(503);
    expect(received).toEqual([[body, 'out_1', 'string']]);
    expect(said[0]).toContain('/outcomes answers 503');
  });

  it('has it come again where nobody answers', async () => {
    const { said, tell } = await start('http://127.0.0.1:1/outcomes');
    expect(await tell()).toBe(502);
    expect(said[0]).toContain('answered 502, so it comes again');
  });
});
