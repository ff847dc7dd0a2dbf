import type { Evidence } from '../evidence.ts';
import type { Plan, Step } from '../plan.ts';
import { Timeline, type Witness } from '../timeline.ts';
import type { Agenda } from './agenda.ts';

type Lasting = Extract<Step, { readonly until: number }>;

/** What surrounds every payment of one environment. */
export interface Surroundings {
  readonly time: { readonly now: number };
  readonly agenda: Pick<Agenda, 'at'>;
  readonly ingressUrl: string;
}

/** One payment's plan, what happens around it, and what is written down. */
export class World {
  readonly plan: Plan;
  readonly orderId: string;
  readonly time: Surroundings['time'];
  readonly ingressUrl: string;
  readonly evidence: Evidence;
  readonly timeline: Timeline;
  readonly startsAt: number;
  /** How much is still to happen. */
  pending = 0;
  readonly #agenda: Surroundings['agenda'];

  constructor(plan: Plan, orderId: string, { time, agenda, ingressUrl }: Surroundings) {
    this.plan = plan;
    this.orderId = orderId;
    this.time = time;
    this.ingressUrl = ingressUrl;
    this.#agenda = agenda;
    this.startsAt = time.now;
    this.timeline = new Timeline(this.startsAt);
    this.evidence = {
      plan,
      orderId,
      invoices: [],
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

  get now(): number {
    return this.time.now;
  }

  /** By the plan's clock: milliseconds after the payment's start. */
  get age(): number {
    return this.now - this.startsAt;
  }

  at(at: number, work: () => Promise<void> | void): void {
    this.pending += 1;
    this.#agenda.at(at, async () => {
      this.pending -= 1;
      await work();
    });
  }

  in(ms: number, work: () => Promise<void> | void): void {
    this.at(this.now + ms, work);
  }

  note(who: Witness, what: string): void {
    this.timeline.note(this.now, who, what);
  }

  lasting<Kind extends Lasting['kind']>(kind: Kind): Extract<Lasting, { readonly kind: Kind }>[] {
    const age = this.age;
    return this.plan.steps.filter(
      (step): step is Extract<Lasting, { readonly kind: Kind }> =>
        step.kind === kind && 'until' in step && step.at <= age && age < step.until,
    );
  }
}
