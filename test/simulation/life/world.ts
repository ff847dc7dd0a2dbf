import { Clockwork } from '../clockwork.ts';
import type { Evidence } from '../evidence.ts';
import { Platform } from '../platform/platform.ts';
import { startsAt, type Operation, type Plan, type Step } from '../plan.ts';
import type { Timeline, Witness } from '../timeline.ts';
import type { Core } from './core.ts';

type Lasting = Extract<Step, { readonly until: number }>;
type Of<Kind extends Step['kind']> = Extract<Step, { readonly kind: Kind }>;

/** Everything around one payment: true time, the platform, what is disturbed when, and what is written down. */
export class World {
  readonly plan: Plan;
  readonly core: Core;
  readonly clockwork = new Clockwork(startsAt);
  readonly platform: Platform;
  readonly evidence: Evidence;
  /** Kept where somebody reads it. */
  readonly timeline: Timeline | null;
  readonly states: Set<string>;
  readonly #lasting: readonly Lasting[];
  onCallback: (change: { reference: string; status: string; updated: number }) => void = () => undefined;

  constructor(
    plan: Plan,
    core: Core,
    { timeline, states }: { timeline: Timeline | null; states: Set<string> },
  ) {
    this.plan = plan;
    this.core = core;
    this.timeline = timeline;
    this.states = states;
    this.#lasting = plan.steps.filter((step) => 'until' in step);
    this.platform = new Platform(plan, this.clockwork, (change) => this.onCallback(change));
    this.evidence = {
      plan,
      orderId: `S${plan.seed}`,
      invoices: this.platform.invoices,
      requests: [],
      callbacks: [],
      received: [],
      acts: [],
      answers: [],
      statuses: [],
      decided: [],
      registered: [],
      faults: [],
      rest: null,
    };
  }

  /** True time. */
  get now(): number {
    return this.clockwork.now;
  }

  get workerClock(): number {
    return this.now + this.plan.skews.worker;
  }

  get ingressClock(): number {
    return this.now + this.plan.skews.ingress;
  }

  note(who: Witness, what: () => string): void {
    this.timeline?.note(this.now, who, what());
  }

  mishapOf(operation: Operation): Of<'mishap'>['mishap'] | null {
    return this.#now('mishap', operation)?.mishap ?? null;
  }

  lagOf(operation: Operation): number {
    return this.#now('lag', operation)?.ms ?? 0;
  }

  get receiverAnswer(): Of<'receiver'>['answer'] | 200 {
    const now = this.now - startsAt;
    const step = this.#lasting.find((it) => it.kind === 'receiver' && it.at <= now && now < it.until);
    return step?.kind === 'receiver' ? step.answer : 200;
  }

  /** At once, or when there is a worker again. */
  whenUp(work: () => void): void {
    const now = this.now - startsAt;
    const down = this.#lasting.find((it) => it.kind === 'no_worker' && it.at <= now && now < it.until);
    if (down) this.clockwork.at(startsAt + down.until, work);
    else work();
  }

  #now<Kind extends 'mishap' | 'lag'>(kind: Kind, operation: Operation): Of<Kind> | undefined {
    const now = this.now - startsAt;
    return this.#lasting.find(
      (it): it is Of<Kind> & Lasting =>
        it.kind === kind &&
        it.at <= now &&
        now < it.until &&
        'operations' in it &&
        it.operations.includes(operation),
    );
  }
}
