import {
  allHandlersFinished,
  CancellationScope,
  condition,
  makeContinueAsNewFunc,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import { decideLate } from '../src/domain/late-money/decide-late.ts';
import {
  applyLate,
  isHeld,
  noLateMoney,
  type LateDecision,
  type LateFact,
  type LateMoney,
} from '../src/domain/late-money/late-money.ts';
import {
  resultOfLateResolve,
  toLateMoneyView,
  type LateMoneyView,
} from '../src/domain/late-money/late-view.ts';
import { runStartedAt } from './clock.ts';
import { toNewestVersion } from './continuing.ts';
import { attributesOfLate, detailsOfLate } from './late-money/display.ts';
import { checkLateResolve } from './late-money/validators.ts';
import { performLate } from './late-money/perform.ts';
import { Loop } from './loop.ts';
import {
  callbackReceived,
  lateMoneyStory,
  resolveUnknown,
  type LateResolveAction,
  type UnknownReferenceInput,
} from './messages.ts';
import { guarded } from './payment/answering.ts';
import { isHint, soundTime } from './payment/shapes.ts';

/**
 * Signed callbacks for a reference without a payment: the platform is asked, and a person sees where money is and
 * decides about it. Should the order get its payment after all, that takes over.
 */
export async function unknownReference({ state, ...reference }: UnknownReferenceInput): Promise<LateMoney> {
  const run = new LateRun(reference, state ?? noLateMoney(runStartedAt()));
  handle(run);
  await CancellationScope.nonCancellable(async () => {
    run.start();
    await condition(() => run.hasReachedItsEnd() && allHandlersFinished());
    if (!run.isOver) await goOn({ ...reference, state: run.money });
  });
  return run.money;
}

const goOn = (input: UnknownReferenceInput): Promise<never> =>
  makeContinueAsNewFunc<typeof unknownReference>(toNewestVersion)(input);

type Reference = Omit<UnknownReferenceInput, 'state'>;

class LateRun extends Loop<LateMoney, LateFact> {
  readonly #reference: Reference;
  #shown = 'nothing';
  #cameMeanwhile: LateFact | null = null;

  constructor(reference: Reference, money: LateMoney) {
    super(applyLate(money, { kind: 'time_passed', at: runStartedAt() }));
    this.#reference = reference;
  }

  get money(): LateMoney {
    return this.state;
  }

  get view(): LateMoneyView {
    return toLateMoneyView(this.#reference, this.state);
  }

  get isOver(): boolean {
    return decideLate(this.state).isOver;
  }

  hasReachedItsEnd(): boolean {
    this.assertSound();
    return this.isIdle && (this.isLong || this.isOver);
  }

  /** What a question that is under way may be too early for is asked about once more. */
  called(fact: LateFact): void {
    if (this.isBusy) this.#cameMeanwhile = fact;
    this.apply(fact);
  }

  protected override stateAfter(fact: LateFact): LateMoney {
    const money = applyLate(this.state, fact);
    const missed = fact.kind === 'seen' || fact.kind === 'unanswered' ? this.#cameMeanwhile : null;
    if (missed === null) return money;
    this.#cameMeanwhile = null;
    return applyLate(money, missed);
  }

  protected override timePassed(at: number): LateFact {
    return { kind: 'time_passed', at };
  }

  protected override show(): void {
    setCurrentDetails(detailsOfLate(this.state));
    const attributes = attributesOfLate(this.state);
    const shown = JSON.stringify(attributes);
    if (shown === this.#shown) return;
    this.#shown = shown;
    upsertSearchAttributes(attributes);
  }

  protected override nextWake() {
    return decideLate(this.state).next;
  }

  protected override conclusion(): null {
    return null;
  }

  protected override dueCall() {
    const { action } = decideLate(this.state);
    return action && (() => performLate(this.#reference, this.state, action));
  }
}

function handle(run: LateRun): void {
  setHandler(lateMoneyStory, () => run.view, { description: 'The money as operators see it.' });
  setHandler(
    callbackReceived,
    (hint: unknown) => run.called({ kind: 'called', status: isHint(hint) ? (hint.status ?? null) : null }),
    { description: 'A signed callback came for a reference that has no payment.' },
  );
  setHandler(
    resolveUnknown,
    ({ by, why, at, decision }) =>
      guarded(async () => {
        run.apply({ kind: 'resolved', note: { at: soundTime(run.money.clock, at), by, why }, decision });
        await condition(() => run.isLong || isAnswered(run.money, decision));
        return { ...run.view, ...resultOfLateResolve(run.money) };
      }),
    {
      validator: (action: LateResolveAction) => checkLateResolve(run.money, action),
      description:
        'What becomes of the money: {"decision": "refund" | "accept", "by": "who you are", "why": "what you found"}.',
    },
  );
}

/** The platform has said what becomes of each refund, or once that it does not. */
const isAnswered = ({ invoices }: LateMoney, decision: LateDecision): boolean =>
  decision === 'accept' ||
  invoices.every(({ refunds, snapshot }) => {
    const life = refunds.at(-1)?.life;
    return !isHeld(snapshot) || life?.state !== 'asked' || life.tries.count > 0;
  });
