import { setTimeout } from 'node:timers/promises';

/** Milliseconds of each call, in order of size, begun at a steady rate whether or not earlier ones are over. */
export async function atRate(perSecond: number, seconds: number, call: (n: number) => Promise<void>) {
  const began = performance.now();
  const calls: Promise<number>[] = [];
  for (let n = 0; n < perSecond * seconds; n++) {
    const wait = began + (n * 1_000) / perSecond - performance.now();
    if (wait > 1) await setTimeout(wait);
    const at = performance.now();
    calls.push(call(n).then(() => performance.now() - at));
  }
  return (await Promise.all(calls)).sort((a, b) => a - b);
}
