import { argv } from 'node:process';
import { Pool } from 'undici';
import { atRate } from './at-rate.ts';

// A process of its own: what reading costs the reader must not count as what it costs the callbacks.

const [, , url = '', path = '', key = ''] = argv;
const pool = new Pool(url, { connections: 4_000 });

async function read(): Promise<void> {
  const answer = await pool.request({ path, method: 'GET', headers: { authorization: `Bearer ${key}` } });
  await answer.body.dump();
  if (answer.statusCode !== 200) throw new Error(`GET answered ${answer.statusCode}`);
}

process.on('message', ({ perSecond, seconds }: { perSecond: number; seconds: number }) => {
  void atRate(perSecond, seconds, read).then((times) => process.send?.(times));
});
