import {
  allHandlersFinished,
  CancellationScope,
  condition,
  makeContinueAsNewFunc,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import { decideUnmatched } from '../src/domain/unmatched-money/decide-unmatched.ts';
import {
  applyUnmatched,
  isHeld,
  noUnmatchedMoney,
  type UnknownReference,
  type UnmatchedDecision,
  type UnmatchedFact,
  type UnmatchedMoney,
} from '../src/domain/unmatched-money/unmatched-money.ts';
import {
  resultOfUnmatchedResolve,
  toUnmatchedMoneyView,
  type UnmatchedMoneyView,
} from '../src/domain/unmatched-money/unmatched-view.ts';
import { runStartedAt } from './clock.ts';
import { toNewestVersion } from './continue-as-new.ts';
import { attributesOfUnmatched, detailsOfUnmatched } from './unmatched-money/display.ts';
import { checkUnmatchedResolve } from './unmatched-money/validators.ts';
import { performUnmatched } from './unmatched-money/perform.ts';
import { Loop } from './loop.ts';
import {
  callbackReceived,
  unmatchedMoneyStory,
  resolveUnknown,
  type UnmatchedResolveAction,
  type UnknownReferenceInput,
} from './messages.ts';
import { guarded } from './payment/update-answers.ts';
import { isHint, soundTime } from './payment/message-shapes.ts';

/**
 * Signed callbacks for a reference without a payment: the platform is asked, and a person sees where money is and
 * decides about it. Should the order get its payment after all, that takes over.
 */
export async function unknownReference({
  state,
  ...reference
}: UnknownReferenceInput): Promise<UnmatchedMoney> {
  const run = new UnmatchedRun(reference, state ?? noUnmatchedMoney(runStartedAt()));
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

class UnmatchedRun extends Loop<UnmatchedMoney, UnmatchedFact> {
  readonly #reference: UnknownReference;
  #shown = 'nothing';
  #cameMeanwhile: UnmatchedFact | null = null;

  constructor(reference: UnknownReference, money: UnmatchedMoney) {
    super(applyUnmatched(money, { kind: 'time_passed', at: runStartedAt() }));
    this.#reference = reference;
  }

  get money(): UnmatchedMoney {
    return this.state;
  }

  get view(): UnmatchedMoneyView {
    return toUnmatchedMoneyView(this.#reference, this.state);
  }

  get isOver(): boolean {
    return decideUnmatched(this.state).isOver;
  }

  hasReachedItsEnd(): boolean {
    this.assertSound();
    return this.isIdle && (this.isLong || this.isOver);
  }

  /** What a question that is under way may be too early for is asked about once more. */
  called(fact: UnmatchedFact): void {
    if (this.isBusy) this.#cameMeanwhile = fact;
    this.apply(fact);
  }

  protected override stateAfter(fact: UnmatchedFact): UnmatchedMoney {
    const money = applyUnmatched(this.state, fact);
    const missed = fact.kind === 'seen' || fact.kind === 'unanswered' ? this.#cameMeanwhile : null;
    if (missed === null) return money;
    this.#cameMeanwhile = null;
    return applyUnmatched(money, missed);
  }

  protected override timePassed(at: number): UnmatchedFact {
    return { kind: 'time_passed', at };
  }

  protected override show(): void {
    setCurrentDetails(detailsOfUnmatched(this.state));
    const attributes = attributesOfUnmatched(this.state);
    const shown = JSON.stringify(attributes);
    if (shown === this.#shown) return;
    this.#shown = shown;
    upsertSearchAttributes(attributes);
  }

  protected override nextWake() {
    return decideUnmatched(this.state).next;
  }

  protected override conclusion(): null {
    return null;
  }

  protected override dueCall() {
    const { action } = decideUnmatched(this.state);
    return action && (() => performUnmatched(this.#reference, this.state, action));
  }
}

function handle(run: UnmatchedRun): void {
  setHandler(unmatchedMoneyStory, () => run.view, { description: 'The money as operators see it.' });
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
        await condition(() => run.isLong || isDecisionAnswered(run.money, decision));
        return { ...run.view, ...resultOfUnmatchedResolve(run.money) };
      }),
    {
      validator: (action: UnmatchedResolveAction) => checkUnmatchedResolve(run.money, action),
      description:
        'What becomes of the money: {"decision": "refund" | "accept", "by": "who you are", "why": "what you found"}.',
    },
  );
}

/** The platform has said what becomes of each refund, or once that it does not. */
const isDecisionAnswered = ({ invoices }: UnmatchedMoney, decision: UnmatchedDecision): boolean =>
  decision === 'accept' ||
  invoices.every(({ refunds, snapshot }) => {
    const life = refunds.at(-1)?.life;
    return !isHeld(snapshot) || life?.state !== 'asked' || life.tries.count > 0;
  });
