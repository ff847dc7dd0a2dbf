// `npm run bench:profile`: where worker and ingress spend their CPU while orders are paid, by thread and by package; the
// profiles that Chromium's DevTools draw as flame graphs stay in .cache/profiles.
import { readdir, readFile, rm } from 'node:fs/promises';
import { exit, stdout } from 'node:process';
import { z } from 'zod';
import { createPayer, load, startReceiver } from './flow.ts';
import { startProduct } from './product.ts';
import { stacks } from './stack.ts';

const folder = '.cache/profiles';
const orders = 480;
const concurrent = 16;
const most = 12;
const say = (line: string): void => void stdout.write(`${line}\n`);

await rm(folder, { recursive: true, force: true });
const start = stacks['postgres'];
if (!start) throw new Error('there is no Temporal on PostgreSQL');
const stack = await start(say);
const receiver = await startReceiver();
const product = await startProduct(stack, { OUTCOME_URL: receiver.url }, (name) => [
  '--cpu-prof',
  `--cpu-prof-dir=${folder}/${name}`,
]);
const processes = { worker: product.worker.pid, ingress: product.ingress.pid };
const payer = createPayer({ ...product, arrival: receiver.arrival });
await load((n) => payer.pay(`warm-${n}`), { orders: 96, concurrent });
const before = await allThreads();
const { seconds } = await load((n) => payer.pay(`order-${n}`), { orders, concurrent });
const after = await allThreads();
say(`${orders} orders, ${(orders / seconds).toFixed(1)}/s; CPU ms an order by thread:`);
for (const [name, ms] of after)
  if (ms - (before.get(name) ?? 0) > orders / 10)
    say(`  ${name}: ${((ms - (before.get(name) ?? 0)) / orders).toFixed(1)}`);
await payer.close();
await product.stop();
receiver.close();
await stack.stop();
for (const name of Object.keys(processes))
  for (const file of await readdir(`${folder}/${name}`)) await tell(`${name}/${file}`);
exit(0);

async function allThreads(): Promise<Map<string, number>> {
  const all = new Map<string, number>();
  for (const [name, pid] of Object.entries(processes))
    for (const [thread, ms] of await threadsOf(pid)) all.set(`${name}, ${thread}`, ms);
  return all;
}

/** CPU milliseconds by the name of the thread (proc(5), `task`). */
async function threadsOf(pid: number): Promise<Map<string, number>> {
  const threads = new Map<string, number>();
  for (const task of await readdir(`/proc/${pid}/task`)) {
    const text = await readFile(`/proc/${pid}/task/${task}/stat`, 'utf8');
    const end = text.lastIndexOf(')');
    const fields = text.slice(end + 2).split(' ');
    const name = text.slice(text.indexOf('(') + 1, end).replace(/[-0-9]+$/, '');
    threads.set(name, (threads.get(name) ?? 0) + (Number(fields[11]) + Number(fields[12])) * 10);
  }
  return threads;
}

/** Self time by package, of one thread's JavaScript. */
async function tell(file: string): Promise<void> {
  const profile = z
    .object({
      nodes: z.array(
        z.object({ id: z.number(), callFrame: z.object({ functionName: z.string(), url: z.string() }) }),
      ),
      samples: z.array(z.number()),
      timeDeltas: z.array(z.number()),
    })
    .parse(JSON.parse(await readFile(`${folder}/${file}`, 'utf8')));
  const names = new Map(profile.nodes.map(({ id, callFrame }) => [id, ownerOf(callFrame)]));
  const times = new Map<string, number>();
  for (const [index, id] of profile.samples.entries()) {
    const name = names.get(id) ?? '';
    times.set(name, (times.get(name) ?? 0) + (profile.timeDeltas[index] ?? 0) / 1000);
  }
  times.delete('(idle)');
  const total = [...times.values()].reduce((sum, ms) => sum + ms, 0);
  say(`${file}: ${total.toFixed(0)} ms of JavaScript`);
  const sorted = [...times].sort(([, a], [, b]) => b - a).slice(0, most);
  for (const [name, ms] of sorted) say(`  ${((ms / total) * 100).toFixed(1)} % ${name}`);
}

function ownerOf({ functionName, url }: { functionName: string; url: string }): string {
  const inPackage = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
  if (inPackage !== undefined) return inPackage;
  if (url === '') return functionName;
  return url.startsWith('node:')
    ? 'node'
    : (/(?:dist\/)?((?:src|workflows|activities)\/.*)$/.exec(url)?.[1] ?? url);
}
