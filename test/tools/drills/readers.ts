import { setTimeout as pause } from 'node:timers/promises';
import { tally, type Read } from './stand-orders.ts';
import type { Stand } from './stand.ts';

/** Order services that read every one of the orders again and again, until they are stopped. */
export function startReaders({ orders }: Stand, everyMs: number) {
  const answers = tally();
  const last = new Map<string, Read>();
  const loops: Promise<void>[] = [];
  const read = new Set<string>();
  let stopped = false;
  const loop = async (orderId: string): Promise<void> => {
    await pause(Math.random() * everyMs);
    while (!stopped && read.has(orderId)) {
      const due = pause(everyMs);
      const answer = await orders.get(orderId);
      answers.count(answer.code);
      last.set(orderId, answer);
      await due;
    }
  };
  return {
    answers,
    last: (orderId: string): Read | undefined => last.get(orderId),
    add(orderId: string): void {
      read.add(orderId);
      loops.push(loop(orderId));
    },
    remove: (orderId: string): void => void read.delete(orderId),
    async stop(): Promise<void> {
      stopped = true;
      await Promise.all(loops);
    },
  };
}
