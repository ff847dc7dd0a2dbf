import {
  ActivityFailure,
  condition,
  getExternalWorkflowHandle,
  setCurrentDetails,
  setHandler,
  sleep,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import { aftermathIdFor, orderOfReference, workflowIdFor } from '../src/domain/identity.ts';
import type { InvoiceSnapshot } from '../src/domain/invoice/invoice.ts';
import { meaningOf, stateOf } from '../src/domain/invoice/invoice-state.ts';
import { withNote, type OperatorNote } from '../src/domain/payment/operator.ts';
import { refusal, refusalTypes } from '../src/domain/payment/refusal.ts';
import { dayMs, toIso } from '../src/domain/time.ts';
import { activities, callMs, readOptions } from './activity-options.ts';
import { runStartedAt } from './clock.ts';
import {
  callbackReceived,
  resolveUnknown,
  type OperatorAction,
  type UnknownReferenceInput,
} from './messages.ts';
import { operatorLines, plain } from './payment/display.ts';
import { checkOperator, refuse } from './payment/validators.ts';
import { attributes } from './search-attributes.ts';

const pauseMs = 15 * 60 * 1000;

/**
 * Signed callbacks for a reference without a payment: the platform is asked, and a person sees where money is. Should
 * the order get its payment after all, that takes over.
 */
export async function unknownReference({ orderId, referenceId }: UnknownReferenceInput): Promise<null> {
  const money = new LateMoney();
  let clock = runStartedAt();
  let callbacks = 0;
  const show = (askedAt: number): void => {
    setCurrentDetails(detailsOf(money, askedAt));
    upsertSearchAttributes([{ key: attributes.attention, value: money.isSettled ? null : 'late-money' }]);
  };
  setHandler(callbackReceived, () => void (callbacks += 1), {
    description: 'A signed callback came for a reference that has no payment.',
  });
  setHandler(resolveUnknown, (action) => money.settle({ ...action, at: action.at ?? clock }), {
    validator: (action: OperatorAction) => {
      checkOperator(action);
      const detail = 'no money was found: there is nothing to resolve';
      if (money.isSettled) refuse(refusal(refusalTypes.state, detail));
    },
    description: 'Seen and dealt with: {"by": "who you are", "why": "what you did"}.',
  });
  for (;;) {
    if (await isTakenOver(orderId, referenceId)) return null;
    const seen = callbacks;
    const answer = await find(referenceId);
    clock = answer.at ?? clock + callMs;
    if (answer.snapshot) money.see(answer.snapshot);
    if (answer.isSilent) {
      setCurrentDetails(detailsOf(money, clock + pauseMs));
      await sleep(pauseMs, { summary: 'ask the platform again' });
      clock += pauseMs;
      continue;
    }
    show(clock + dayMs);
    const moved = (): boolean => callbacks > seen || money.isSettled;
    if (!money.isSettled && !(await condition(moved, dayMs, { summary: 'late money reminder' })))
      clock += dayMs;
    if (money.isSettled && callbacks === seen) break;
  }
  show(clock);
  return null;
}

/** Whether the order has a payment that runs, or its aftermath, which is told what came here. */
async function isTakenOver(orderId: UnknownReferenceInput['orderId'], referenceId: string): Promise<boolean> {
  const attempt = orderOfReference(referenceId)?.attempt;
  if (orderId === null || attempt === undefined) return false;
  for (const id of [workflowIdFor(orderId), aftermathIdFor(orderId)]) {
    const hint = { attempt, status: null, updated: null, source: 'sweep' } as const;
    const isThere = await getExternalWorkflowHandle(id)
      .signal(callbackReceived, hint)
      .then(
        () => true,
        () => false,
      );
    if (isThere) return true;
  }
  return false;
}

/** Invoices that nobody ordered, and what a person has settled of them. */
class LateMoney {
  readonly #seen = new Map<string, InvoiceSnapshot>();
  readonly #settled = new Set<string>();
  notes: readonly OperatorNote[] = [];

  see(snapshot: InvoiceSnapshot): void {
    this.#seen.set(snapshot.invoiceId, snapshot);
  }

  settle({ at, by, why }: { at: number; by: string; why: string }): undefined {
    this.notes = withNote(this.notes, { at, by, what: 'resolve', why });
    for (const key of this.#seen.keys()) this.#settled.add(key);
  }

  get snapshots(): InvoiceSnapshot[] {
    return [...this.#seen.values()];
  }

  get isSettled(): boolean {
    return this.snapshots.every((snapshot) => this.#settled.has(snapshot.invoiceId) || !isHeld(snapshot));
  }
}

const isHeld = (snapshot: InvoiceSnapshot): boolean =>
  meaningOf(stateOf(snapshot)).rank === 2 && stateOf(snapshot) !== 'refunded';

/** Without the reference: somebody else chose it. */
function detailsOf({ snapshots, notes }: LateMoney, askedAt: number): string {
  const invoices = snapshots.map(
    ({ invoiceId, status, amount, currency }) =>
      `- Invoice ${plain(invoiceId)}: ${plain(status)}, ${amount} ${plain(currency)}`,
  );
  return [
    'No payment was ever started for this reference, which stands in the input of the run.',
    ...invoices,
    '- What to do: find who made this invoice; then send the update `resolve` with `{"by": "you", "why": "…"}`.',
    `- Paytone is asked again at ${toIso(askedAt)}`,
    ...operatorLines(notes),
  ].join('\n');
}

interface Found {
  readonly at: number | null;
  readonly snapshot: InvoiceSnapshot | null;
  readonly isSilent: boolean;
}

async function find(referenceId: UnknownReferenceInput['referenceId']): Promise<Found> {
  try {
    const options = { ...readOptions, summary: 'by reference' };
    const { at, invoice } = await activities.findInvoice.executeWithOptions(options, [{ referenceId }]);
    return { at, snapshot: invoice?.snapshot ?? null, isSilent: false };
  } catch (error) {
    if (error instanceof ActivityFailure) return { at: null, snapshot: null, isSilent: true };
    throw error;
  }
}
