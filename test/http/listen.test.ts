import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { fetch } from 'undici';
import { expect, it } from 'vitest';
import { listen } from '../../src/http/listen.ts';

it('a server that closes answers what it accepted, and waits for no connection on which nothing was asked', async () => {
  const released = new EventEmitter();
  const server = createServer(
    (_request, response) => void once(released, 'now').then(() => response.end('answered')),
  );
  const { port, close } = await listen(server, 0);
  const silent = connect(port, '127.0.0.1');
  await once(server, 'connection');
  const answer = fetch(`http://127.0.0.1:${port}/`, { headers: { connection: 'close' } });
  await once(server, 'request');

  const closed = close();
  await once(silent, 'close');
  released.emit('now');

  expect(await (await answer).text()).toBe('answered');
  await closed;
});
