import type { Activities } from '../../../activities/index.ts';
import type { Plan } from '../plan.ts';
import { startEnvironment } from './environment.ts';
import { Performance, type PlayedPayment } from './performance.ts';

/** In every other one so few payments stay with the worker that each is replayed again and again, and a clock is wrong. */
const lanes = [
  { cached: 200, ingressAheadMs: 0 },
  { cached: 8, ingressAheadMs: 1_700 },
] as const;

/** Plays payments, many at once, in one skipped time. */
export async function startTheatre(lane: number) {
  const { cached, ingressAheadMs } = lanes[lane % 2] ?? lanes[0];
  const byOrder = new Map<string, Performance>();
  const dispatch = (workflowId: string, name: keyof Activities, args: readonly unknown[]) => {
    const orderId = /W\d+n\d+/.exec(`${workflowId} ${JSON.stringify(args)}`)?.[0] ?? '';
    const performance = byOrder.get(orderId);
    if (!performance) throw new Error(`nobody plays ${workflowId}`);
    return performance.call(name, args);
  };
  const environment = await startEnvironment({ cached, ingressAheadMs, dispatch });
  let played = 0;
  return {
    async play(plans: readonly Plan[]): Promise<PlayedPayment[]> {
      const cast = plans.map((plan) => {
        const orderId = `W${plan.seed}n${(played += 1)}`;
        const performance = new Performance(plan, orderId, environment);
        byOrder.set(orderId, performance);
        return performance;
      });
      for (const performance of cast) environment.agenda.at(environment.time.now, () => performance.begin());
      await environment.play(`metronome-${played}`);
      const ended = await Promise.all(cast.map((performance) => performance.end()));
      for (const { world } of cast) byOrder.delete(world.orderId);
      return ended;
    },
    close: () => environment.close(),
    abandon: () => environment.abandon(),
  };
}

export type Theatre = Awaited<ReturnType<typeof startTheatre>>;
