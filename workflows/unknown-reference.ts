import {
  ActivityFailure,
  condition,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import { referenceIdFor, type ReferenceId } from '../src/domain/identity.ts';
import type { InvoiceSnapshot } from '../src/domain/invoice/invoice.ts';
import { withNote, type OperatorNote } from '../src/domain/payment/operator.ts';
import { standingOf } from '../src/domain/invoice/invoice-state.ts';
import { refusalTypes } from '../src/domain/payment/refusal.ts';
import { toIso } from '../src/domain/payment/view.ts';
import { activities, readOptions } from './activity-options.ts';
import { workflowNow } from './clock.ts';
import { callbackReceived, resolveAftermath, type AftermathInput, type OperatorAction } from './messages.ts';
import { checkOperator, refuse } from './validators.ts';
import { keepsLateMoneyInSight, settlesLateMoneyByInvoice } from './versions.ts';
import { attributes, operatorLines } from './visibility.ts';

const reminderMs = 24 * 60 * 60 * 1000;
const pauseMs = 15 * 60 * 1000;

type Unknown = Extract<AftermathInput, { readonly kind: 'unknown' }>;

/** Signed callbacks for a reference without a payment: the platform is asked, and a person sees where money is. */
export async function awaitUnknown({ orderId, referenceId }: Unknown): Promise<null> {
  const money = new LateMoney(settlesLateMoneyByInvoice());
  const asked: number[] = [];
  const matters = (): boolean => money.unsettled.length > 0;
  const show = (): void => {
    setCurrentDetails(detailsOf(referenceId, money));
    upsertSearchAttributes([{ key: attributes.attention, value: matters() ? 'late-money' : null }]);
  };
  setHandler(callbackReceived, ({ attempt }) => void asked.push(attempt), {
    description: 'A signed callback came for a reference that has no payment.',
  });
  setHandler(resolveAftermath, (action) => money.settle(action), {
    validator: (action: OperatorAction) => {
      checkOperator(action);
      if (!matters()) refuse(refusalTypes.state, 'no money was found: there is nothing to resolve');
    },
    description: 'Seen and dealt with: {"by": "who you are", "why": "what you did"}.',
  });
  for (;;) {
    const attempt = asked.shift();
    if (attempt === undefined) {
      if (!matters()) break;
      const summary = 'late money reminder';
      if (await condition(() => asked.length > 0 || !matters(), reminderMs, { summary })) continue;
      if (!keepsLateMoneyInSight()) break;
      asked.push(...money.attempts);
      continue;
    }
    const found = await find(orderId ? referenceIdFor(orderId, attempt) : referenceId);
    if (found === 'silent') {
      asked.push(attempt);
      setCurrentDetails(detailsOf(referenceId, money, workflowNow() + pauseMs));
      await condition(() => false, pauseMs, { summary: 'ask the platform again' });
    } else if (found) {
      money.see(attempt, found);
      show();
    }
  }
  if (money.attempts.length > 0) show();
  return null;
}

/** Invoices that nobody ordered, and what a person has settled of them. */
class LateMoney {
  readonly #byInvoice: boolean;
  readonly #seen = new Map<string, { readonly attempt: number; readonly snapshot: InvoiceSnapshot }>();
  readonly #settled = new Set<string>();
  notes: readonly OperatorNote[] = [];

  /** `byInvoice`: an act of an operator is about what was there to be seen; before, it was about all to come, too. */
  constructor(byInvoice: boolean) {
    this.#byInvoice = byInvoice;
  }

  see(attempt: number, snapshot: InvoiceSnapshot): void {
    this.#seen.set(this.#byInvoice ? snapshot.invoiceId : String(attempt), { attempt, snapshot });
  }

  settle({ by, why }: OperatorAction): undefined {
    this.notes = withNote(this.notes, { at: workflowNow(), by, what: 'resolve', why });
    for (const key of this.#seen.keys()) this.#settled.add(key);
  }

  get attempts(): number[] {
    return [...new Set([...this.#seen.values()].map(({ attempt }) => attempt))];
  }

  get snapshots(): InvoiceSnapshot[] {
    return [...this.#seen.values()].map(({ snapshot }) => snapshot);
  }

  get unsettled(): InvoiceSnapshot[] {
    if (!this.#byInvoice) return this.notes.length > 0 ? [] : this.snapshots.filter(hadMoney);
    return [...this.#seen].flatMap(([key, { snapshot }]) =>
      !this.#settled.has(key) && hadMoney(snapshot) && standingOf(snapshot) !== 'refunded' ? [snapshot] : [],
    );
  }
}

function detailsOf(referenceId: string, { snapshots, notes }: LateMoney, askedAt?: number): string {
  const invoices = snapshots.map(
    ({ invoiceId, status, amount, currency }) => `- Invoice ${invoiceId}: ${status}, ${amount} ${currency}`,
  );
  return [
    `No payment was ever started for the reference ${referenceId}.`,
    ...invoices,
    '- What to do: find who made this invoice; then send the update `resolve` with `{"by": "you", "why": "…"}`.',
    `- Paytone is asked again at ${toIso(askedAt ?? workflowNow() + reminderMs)}`,
    ...operatorLines(notes),
  ].join('\n');
}

const hadMoney = (snapshot: InvoiceSnapshot): boolean =>
  !['open', 'failed', 'expired'].includes(standingOf(snapshot));

async function find(referenceId: ReferenceId): Promise<InvoiceSnapshot | 'silent' | null> {
  try {
    const options = { ...readOptions, summary: `by reference ${referenceId}` };
    return (await activities.findInvoice.executeWithOptions(options, [referenceId]))?.snapshot ?? null;
  } catch (error) {
    if (error instanceof ActivityFailure) return 'silent';
    throw error;
  }
}
