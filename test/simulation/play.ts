import { toAccountId, toOrderId } from '../../src/domain/identity.ts';
import { toPaymentView } from '../../src/domain/payment/to-payment-view.ts';
import type { PaymentInput } from '../../src/domain/payment/payment.ts';
import { check } from './checker/check.ts';
import type { Evidence, Violation } from './evidence.ts';
import { productCore, type Core } from './life/core.ts';
import { People } from './life/people.ts';
import { Run } from './life/run.ts';
import { serviceCode } from './life/translate.ts';
import { World } from './life/world.ts';
import { dayMs, hourMs, secondMs, startsAt, type Plan } from './plan.ts';
import { Timeline } from './timeline.ts';

export interface Played {
  readonly evidence: Evidence;
  readonly violations: readonly Violation[];
  readonly timeline: readonly string[];
  /** Where the payment stood at the end, for tests of single cases. */
  readonly run: Run;
}

interface Playing {
  readonly core?: Core;
  /** Whether anybody reads it. */
  readonly hasTimeline?: boolean;
  /** Where the distinct states that were visited are gathered. */
  readonly states?: Set<string>;
}

/** Patience after the plan's last event: what is not at rest by then never comes to rest. */
const restDays = 6;
/** The same for a refund, of which a person hears every 72 hours, and decides after up to 30. */
const restDaysOfRefund = 24;

/** Lives one payment by its plan, from the start until nothing moves any more, and checks what can be seen of it. */
export function play(plan: Plan, playing: Playing = {}): Played {
  const { core = productCore, hasTimeline = false, states = new Set() } = playing;
  const world = new World(plan, core, { timeline: hasTimeline ? new Timeline(startsAt) : null, states });
  const run = new Run(world, inputOf(plan));
  const people = new People(run);
  people.plan();
  run.go();
  turnUntil(world, startsAt + endOf(plan));
  const daysOf = (): number => (run.decision.status === 'refunding' ? restDaysOfRefund : restDays);
  for (let day = 0; day < daysOf() && !isAtRest(run); day += 1) {
    reconcile(run, people);
    turnUntil(world, world.now + dayMs);
  }
  const { evidence } = world;
  evidence.rest = { at: world.now, answer: toPaymentView(run.payment, run.decision), isOver: run.isClosed };
  return { evidence, violations: check(evidence), timeline: world.timeline?.lines ?? [], run };
}

/** When all that the plan has was there, and every invoice's time is up. */
const endOf = ({ steps, policy }: Plan): number =>
  steps.reduce(
    (end, step) => Math.max(end, 'until' in step ? step.until : step.at),
    policy.ttlSeconds * secondMs,
  ) + hourMs;

function turnUntil(world: World, until: number): void {
  const { clockwork } = world;
  while ((clockwork.nextAt ?? Infinity) <= until) clockwork.turn();
  clockwork.now = Math.max(clockwork.now, until);
}

const isAtRest = (run: Run): boolean =>
  run.isClosed && run.world.clockwork.nextAt === null && differing(run).length === 0;

/** The daily reconciliation asks about what the platform's list shows otherwise; operators send again what was parked. */
function reconcile(run: Run, people: People): void {
  for (const number of differing(run)) people.wake('sweep', number);
  if (run.decision.attention === 'outcome-parked') people.redeliver();
}

function differing({ world, payment }: Run): number[] {
  return world.platform.invoices.flatMap(({ asked, versions }) => {
    const there = versions.at(-1)?.shown;
    const here = [...payment.attempts, ...payment.strays].find(
      ({ referenceId }) => referenceId === asked.reference,
    );
    const seen = here?.seen?.snapshot;
    const isSame =
      seen?.status === there?.status &&
      seen?.updated === there?.updated &&
      seen?.refundedAmount === there?.refundedAmount &&
      seen?.chargedBackAmount === there?.chargedBackAmount;
    if (isSame) return [];
    return [Number(asked.reference.split('.')[1] ?? 1)];
  });
}

function inputOf(plan: Plan): PaymentInput {
  const { policy, amount, currency, flow, hasService, seed } = plan;
  return {
    orderId: toOrderId(`S${seed}`),
    owner: 'shop',
    requestId: 'request',
    terms: {
      amount: { minor: amount, currency },
      ...(hasService && { service: serviceCode(0) }),
      flow,
      channel: 'private',
      locale: 'en',
    },
    policy: {
      ...policy,
      account: toAccountId('coma_test'),
      pollPausesSeconds: [120, 300, 600, 900],
      testMode: true,
      redirects: { httpsOnly: true, hosts: null },
      tellsOutcomes: true,
    },
  };
}
