import type { Outcome } from '../../../src/domain/payment/outcome.ts';
import type { World } from './world.ts';

/** What the order service makes of a delivery by the plan; whatever comes is written down. */
export function receive(world: World, outcome: Outcome): 200 | 500 | 410 | 'lost' {
  const { evidence, now, plan } = world;
  const answer = world.lasting('receiver')[0]?.answer ?? 200;
  const { received, decided } = evidence;
  if (!received.some((it) => it.outcome.id === outcome.id))
    decided.push({ at: Date.parse(outcome.timestamp) - plan.skews.worker, type: outcome.type });
  received.push({ at: now, outcome, isTaken: answer === 200 || answer === 'lost' });
  const { money } = outcome.data;
  const sums = money ? ` ${money.paid} back ${money.refunded}/${money.chargedBack}` : '';
  world.note('receiver', `${outcome.type} ${outcome.id.slice(-12)}${sums} -> ${answer}`);
  return answer;
}
