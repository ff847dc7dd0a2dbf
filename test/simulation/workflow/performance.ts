import {
  createOutcomeActivities,
  createPlatformActivities,
  type Activities,
} from '../../../activities/index.ts';
import type { Outcome } from '../../../src/domain/payment/outcome.ts';
import { signReturnToken } from '../../../src/ingress/returns/return-token.ts';
import type { DeliveryAnswer } from '../../../src/outcomes/sender.ts';
import { createPaytoneClient, type PaytoneClient } from '../../../src/paytone/client.ts';
import { check } from '../checker/check.ts';
import type { Evidence, Violation } from '../evidence.ts';
import { dayMs, hourMs, mostRefunds, secondMs, type Plan } from '../plan.ts';
import { Cast } from './cast.ts';
import type { Environment } from './environment.ts';
import { receive } from './receiving.ts';
import { account, Site } from './site.ts';
import { World } from './world.ts';

/** Patience after the plan's last event: what is not at rest by then never comes to rest. */
const restDays = 6;

export interface PlayedPayment {
  readonly plan: Plan;
  readonly evidence: Evidence;
  readonly violations: readonly Violation[];
  readonly timeline: readonly string[];
  readonly livedMs: number;
}

/** One payment with everything around it. */
export class Performance {
  readonly world: World;
  readonly site: Site;
  readonly cast: Cast;
  readonly #environment: Environment;
  #client: PaytoneClient | null = null;
  #activities: Partial<Activities> = {};
  #isDying: 'before' | 'after' | null = null;
  readonly #refunds = new Set<string>();

  constructor(plan: Plan, orderId: string, environment: Environment) {
    this.#environment = environment;
    this.world = new World(plan, orderId, environment);
    this.site = new Site(this.world);
    this.cast = new Cast(this.world, { site: this.site, operators: environment.operators });
    Object.assign(this.world.evidence, { invoices: this.site.ledger });
  }

  async begin(): Promise<void> {
    const { plan } = this.world;
    const url = await this.site.listen();
    const now = () => this.world.now + plan.skews.worker;
    const client = createPaytoneClient({ ...account, accountId: account.id, url }, { now });
    this.#client = client;
    const { ingressUrl } = this.#environment;
    const site = {
      callbackUrl: `${ingressUrl}/callbacks/paytone`,
      returnUrlFor: (
        ...[orderId, until]: Parameters<Parameters<typeof createPlatformActivities>[1]['returnUrlFor']>
      ) => `${ingressUrl}/return/${signReturnToken(orderId, until, [account.privateKey])}`,
    };
    const sender = { send: (outcome: Outcome) => this.#receive(outcome), close: () => Promise.resolve() };
    this.#activities = {
      ...createPlatformActivities(() => client, site, now),
      ...createOutcomeActivities(sender, now),
    };
    this.#environment.setPolicy(plan.policy);
    this.#planDeaths();
    await this.cast.start();
    this.world.in(endOf(plan), () => this.#rest(1));
  }

  async call(name: keyof Activities, args: readonly unknown[]): Promise<unknown> {
    const activity = this.#activities[name] as
      ((...args: readonly unknown[]) => Promise<unknown>) | undefined;
    if (!activity) throw new Error(`no activity is called ${name}`);
    if (name === 'refundInvoice') this.#count(args);
    const death = this.#isDying;
    this.#isDying = null;
    if (death !== null) this.world.note('worker', `dies ${death} its call`);
    if (death === 'before') throw new Error('the worker died');
    const called = Promise.resolve(activity(...args)).finally(() => {
      if (death === null) this.site.heard();
      else this.site.unheard();
    });
    if (death === null) return called;
    await called.catch(() => undefined);
    throw new Error('the worker died');
  }

  async end(): Promise<PlayedPayment> {
    const { evidence, plan, timeline, startsAt } = this.world;
    await this.#client?.close();
    this.site.close();
    const livedMs = (evidence.rest?.at ?? this.world.now) - startsAt;
    return { plan, evidence, violations: check(evidence), timeline: timeline.lines, livedMs };
  }

  /** One that asks for refund after refund would keep time from passing for all the others. */
  #count(args: readonly unknown[]): void {
    this.#refunds.add(JSON.stringify(args));
    if (this.#refunds.size > mostRefunds)
      this.#environment.stop(`seed ${this.world.plan.seed} has asked for more than ${mostRefunds} refunds`);
  }

  /** As a worker that died: no answer that says anything. */
  #planDeaths(): void {
    const { plan, startsAt } = this.world;
    for (const step of plan.steps)
      if (step.kind === 'death' || step.kind === 'no_worker')
        this.world.at(startsAt + step.at, () => void (this.#isDying = step.at % 2 ? 'before' : 'after'));
  }

  #receive(outcome: Outcome): Promise<DeliveryAnswer> {
    const answer = receive(this.world, outcome);
    this.cast.saw(outcome.data.status);
    if (answer === 200) return Promise.resolve({ kind: 'accepted' });
    return Promise.resolve(answer === 410 ? { kind: 'gone' } : { kind: 'failed', why: `answered ${answer}` });
  }

  /** The daily reconciliation asks about what the platform's list shows; operators send again what was parked. */
  async #rest(day: number): Promise<void> {
    const { evidence, orderId } = this.world;
    const before = JSON.stringify([evidence.rest?.answer, evidence.received.length]);
    const answer = await this.cast.look();
    const isOver = await this.#environment.isOver(orderId);
    if (answer) evidence.rest = { at: this.world.now, answer, isOver };
    const isStill = before === JSON.stringify([evidence.rest?.answer, evidence.received.length]);
    if (day > restDays || (day > 1 && isStill && this.world.pending === 0))
      return this.#environment.forget(orderId);
    await this.#environment.sweep(this.site.ledger);
    if (answer && evidence.received.at(-1)?.isTaken === false) await this.cast.redeliver();
    this.world.in(dayMs, () => this.#rest(day + 1));
  }
}

/** When all that the plan has was there, and every invoice's time is up. */
const endOf = ({ steps, policy }: Plan): number =>
  steps.reduce(
    (end, step) => Math.max(end, 'until' in step ? step.until : step.at),
    policy.ttlSeconds * secondMs,
  ) + hourMs;
