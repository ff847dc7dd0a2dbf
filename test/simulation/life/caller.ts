import type { PlatformFailure } from '../../../src/domain/invoice/platform-failure.ts';
import type { Request } from '../evidence.ts';
import { secondMs, type Operation } from '../plan.ts';
import type { Shown } from '../platform/ledger.ts';
import type { Reply } from '../platform/platform.ts';
import { fateOf } from '../random.ts';
import { toFailure } from './translate.ts';
import type { World } from './world.ts';

/** One activity: what it asks of the platform, and by which name the log has it. */
export interface Call<Body> {
  readonly operation: Operation;
  readonly reference: string;
  readonly refund?: Request['refund'];
  readonly ask: (lagMs: number) => Reply<Body>;
}

/** `at` is null where nobody told when it was over. */
export type Answered<Body> =
  | { readonly isOk: true; readonly askedAt: number; readonly at: number; readonly body: Body }
  | { readonly isOk: false; readonly at: number | null; readonly failure: PlatformFailure };

const timeLimitMs = 15 * secondMs;
const platformLimitMs = 10 * secondMs;
const mostTriesOfRead = 3;

/** Temporal and a worker: calls of the platform that begin, have their effect, and come back or do not. */
export class Caller {
  readonly #world: World;
  #flight: { startedAt: number; lose: (() => void) | null } | null = null;
  #calls = 0;

  constructor(world: World) {
    this.#world = world;
  }

  /** The worker dies: what is under way comes to nothing, as Temporal finds at the call's time limit. */
  die(): void {
    const flight = this.#flight;
    const lose = flight?.lose;
    if (!flight || !lose) return;
    flight.lose = null;
    this.#world.note('worker', () => 'dies; nobody learns what its call came to');
    this.#world.clockwork.at(flight.startedAt + timeLimitMs, () => this.#world.whenUp(lose));
  }

  /** Any work of a worker that takes one way there and one way back. */
  work<Result>(
    reach: () => { result: Result; tookMs: number } | null,
    done: (result: Result | null) => void,
  ): void {
    const { clockwork, plan } = this.#world;
    const flight: { startedAt: number; lose: (() => void) | null } = {
      startedAt: this.#world.now,
      lose: () => done(null),
    };
    this.#flight = flight;
    this.#calls += 1;
    const call = this.#calls;
    clockwork.at(this.#world.now + plan.latencyMs, () => {
      // Nobody knows how far a worker got that died meanwhile.
      if (flight.lose === null && fateOf(plan.seed, 11, call) < 0.5) return;
      const reached = reach();
      if (reached === null) return;
      clockwork.at(this.#world.now + reached.tookMs, () => {
        if (flight.lose === null) return;
        flight.lose = null;
        this.#world.whenUp(() => done(reached.result));
      });
    });
  }

  ask<Body>(call: Call<Body>, done: (answer: Answered<Body>) => void, tries = 1): void {
    const { clockwork } = this.#world;
    const begunAt = this.#world.now;
    const askedAt = this.#world.workerClock;
    const isRead = call.operation !== 'create' && call.operation !== 'refund';
    const again = (): void => this.ask(call, done, tries + 1);
    this.work(
      () => this.#reach(call, begunAt),
      (reached) => {
        if (reached === null) {
          const failure = toFailure(call.operation, 'none', { retryAfterMs: null, earlier: null });
          return isRead && tries < mostTriesOfRead ? again() : done({ isOk: false, at: null, failure });
        }
        reached.request.isHeard = true;
        const at = this.#world.workerClock;
        if (reached.reply.status === 200) return done({ isOk: true, askedAt, at, body: reached.reply.body });
        const { status, retryAfterMs, earlier, refund } = reached;
        const failure = toFailure(call.operation, status, { retryAfterMs, earlier, refund });
        if (failure.type === 'Unanswered' && tries < mostTriesOfRead)
          return clockwork.at(this.#world.now + secondMs * 2 ** (tries - 1), again);
        done({ isOk: false, at, failure });
      },
    );
  }

  #reach<Body>(call: Call<Body>, begunAt: number) {
    const { latencyMs } = this.#world.plan;
    const { operation, reference } = call;
    const mishap = this.#world.mishapOf(operation);
    const real: Reply<Body> =
      mishap && !mishap.effect ? { status: 404 } : call.ask(this.#world.lagOf(operation));
    const status = mishap ? mishap.status : real.status;
    const shown = status === real.status ? shownIn(real) : null;
    const request: Request = {
      operation,
      begunAt,
      at: this.#world.now,
      reference,
      status,
      shown,
      refund: call.refund ?? null,
      isHeard: false,
    };
    this.#world.evidence.requests.push(request);
    this.#world.note('platform', () => `${operation} ${reference} -> ${status}${lineOf(request)}`);
    const isSuccess = status === 200 && real.status === 200;
    return {
      result: {
        request,
        reply: isSuccess ? real : ({ status: 'failed' } as const),
        status,
        retryAfterMs: mishap && 'retryAfterMs' in mishap ? mishap.retryAfterMs : null,
        earlier: !mishap && real.status === 409 ? real.earlier : null,
        refund: !mishap && real.status === 409 ? (real.refund ?? null) : null,
      },
      tookMs: status === 'none' ? platformLimitMs : latencyMs,
    };
  }
}

/** The invoice that an answer shows: a 409 may show the earlier one. */
function shownIn(reply: Reply<unknown>): Shown | null {
  if (reply.status === 409) return reply.earlier;
  return reply.status === 200 && isShown(reply.body) ? reply.body : null;
}

const isShown = (body: unknown): body is Shown =>
  typeof body === 'object' && body !== null && 'processedAmount' in body;

const lineOf = ({ shown, refund }: Request): string => {
  if (refund) return ` (${refund.amount} as ${refund.reference})`;
  if (!shown) return '';
  const { status, processedAmount, refundedAmount, chargedBackAmount } = shown;
  return ` ${status} paid ${processedAmount} returned ${refundedAmount} charged back ${chargedBackAmount}`;
};
