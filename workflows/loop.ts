import { CancellationScope, sleep } from '@temporalio/workflow';
import { isLongRun } from './continue-as-new.ts';

interface Wake {
  /** Epoch milliseconds. */
  readonly at: number;
  /** For people. */
  readonly what: string;
}

/**
 * What is known, and what has become known of it in this run. After each fact it does at once what was decided: a task
 * that a query has begun early, and its replay, come to the same commands in the same order only then (ADR 11).
 */
export abstract class Loop<State extends { readonly clock: number }, Fact> {
  #state: State;
  #facts = 0;
  readonly #begunAt: number;
  #phase: 'new' | 'idle' | 'busy' = 'new';
  /** When the timers fire that are set: epoch milliseconds. */
  readonly #alarms = new Set<number>();
  /** What is under way is seen to its end, though the workflow be canceled. */
  readonly #scope = new CancellationScope({ cancellable: false });

  protected constructor(state: State) {
    this.#state = state;
    this.#begunAt = state.clock;
  }

  protected get state(): State {
    return this.#state;
  }

  /** It has to go on in a new run: nothing is begun any more. */
  get isLong(): boolean {
    return isLongRun({ facts: this.#facts, ms: this.#state.clock - this.#begunAt });
  }

  /** Nothing is under way, and nothing is to be done before more is known. */
  get isIdle(): boolean {
    return this.#phase === 'idle';
  }

  /** A call is under way. */
  get isBusy(): boolean {
    return this.#phase === 'busy';
  }

  start(): void {
    this.#phase = 'idle';
    this.go();
  }

  apply(fact: Fact): void {
    this.#state = this.stateAfter(fact);
    this.#facts += 1;
    this.go();
  }

  protected abstract stateAfter(fact: Fact): State;
  protected abstract timePassed(at: number): Fact;
  /** Shows how it stands. */
  protected abstract show(): void;
  protected abstract nextWake(): Wake | null;
  /** What follows without a call; null where nothing does. */
  protected abstract conclusion(): Fact | null;
  /** The call that is due, to be begun at once. */
  protected abstract dueCall(): (() => Promise<Fact>) | null;

  /** Does the next thing, one at a time. */
  protected go(): void {
    if (this.#phase !== 'idle') return;
    this.show();
    const wake = this.nextWake();
    if (wake) this.#wakeAt(wake);
    if (this.isLong) return;
    const fact = this.conclusion();
    if (fact !== null) return this.apply(fact);
    const call = this.dueCall();
    if (call) this.#begin(call);
  }

  #begin(call: () => Promise<Fact>): void {
    this.#phase = 'busy';
    this.#scope.run(call).then((fact) => {
      this.#phase = 'idle';
      this.apply(fact);
    }, this.#fail);
  }

  /** Only a fault of ours gets here: the workflow task fails, and is tried again until it is mended. */
  #fault: { readonly error: unknown } | null = null;
  readonly #fail = (error: unknown): void => void (this.#fault = { error });

  /** @throws what went wrong with what was under way. */
  assertSound(): void {
    if (this.#fault) throw this.#fault.error;
  }

  /**
   * Has it woken at an instant, unless it is woken before. A timer that is set is never canceled: whether it was may be
   * decided in one task and recorded in another.
   */
  #wakeAt({ at, what }: Wake): void {
    if ([...this.#alarms].some((set) => set <= at)) return;
    this.#alarms.add(at);
    const fire = (): void => {
      this.#alarms.delete(at);
      this.apply(this.timePassed(at));
    };
    this.#scope
      .run(() => sleep(Math.max(1, at - this.#state.clock), { summary: what }))
      .then(fire, this.#fail);
  }
}
