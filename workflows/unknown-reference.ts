import {
  ActivityFailure,
  condition,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import { referenceIdFor, type ReferenceId } from '../src/domain/identity.ts';
import type { InvoiceSnapshot } from '../src/domain/invoice.ts';
import { withNote, type OperatorNote } from '../src/domain/operator.ts';
import { standingOf } from '../src/domain/standing.ts';
import { toIso } from '../src/domain/view.ts';
import { activities, readOptions } from './activity-options.ts';
import { workflowNow } from './clock.ts';
import { callbackReceived, resolveAftermath, type AftermathInput, type OperatorAction } from './messages.ts';
import { checkOperator } from './validators.ts';
import { attributes, operatorLines } from './visibility.ts';

const retentionMs = 30 * 24 * 60 * 60 * 1000;
const pauseMs = 15 * 60 * 1000;

type Unknown = Extract<AftermathInput, { readonly kind: 'unknown' }>;

/** Signed callbacks for a reference without a payment: the platform is asked, and a person sees where money is. */
export async function awaitUnknown({ orderId, referenceId }: Unknown): Promise<null> {
  const asked: number[] = [];
  const seen = new Map<number, InvoiceSnapshot>();
  const decided: OperatorNote[] = [];
  const matters = (): boolean => decided.length === 0 && [...seen.values()].some(hasMoney);
  const show = (): void => {
    setCurrentDetails(detailsOf(referenceId, [...seen.values()], decided));
    upsertSearchAttributes([{ key: attributes.attention, value: matters() ? 'late-money' : null }]);
  };
  const decide = ({ by, why }: OperatorAction): undefined => {
    decided.splice(0, Infinity, ...withNote(decided, { at: workflowNow(), by, what: 'resolve', why }));
  };
  setHandler(callbackReceived, ({ attempt }) => void asked.push(attempt), {
    description: 'A signed callback came for a reference that has no payment.',
  });
  setHandler(resolveAftermath, decide, {
    validator: checkOperator,
    description: 'Seen and dealt with: {"by": "who you are", "why": "what you did"}.',
  });
  for (;;) {
    const attempt = asked.shift();
    if (attempt === undefined) {
      if (!matters()) break;
      if (!(await condition(() => asked.length > 0 || decided.length > 0, retentionMs))) break;
      continue;
    }
    const found = await find(orderId ? referenceIdFor(orderId, attempt) : referenceId);
    if (found === 'silent') {
      asked.push(attempt);
      await condition(() => false, pauseMs, { summary: 'ask the platform again' });
    } else if (found) {
      seen.set(attempt, found);
      show();
    }
  }
  if (seen.size > 0) show();
  return null;
}

function detailsOf(
  referenceId: string,
  seen: readonly InvoiceSnapshot[],
  decided: readonly OperatorNote[],
): string {
  const invoices = seen.map(
    ({ invoiceId, status, amount, currency }) => `- Invoice ${invoiceId}: ${status}, ${amount} ${currency}`,
  );
  return [
    `No payment was ever started for the reference ${referenceId}.`,
    ...invoices,
    '- What to do: find who made this invoice; then send the update `resolve` with `{"by": "you", "why": "…"}`.',
    `- Waits until ${toIso(workflowNow() + retentionMs)}`,
    ...operatorLines(decided),
  ].join('\n');
}

const hasMoney = (snapshot: InvoiceSnapshot): boolean =>
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
