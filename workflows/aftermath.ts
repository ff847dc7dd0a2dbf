import {
  ActivityFailure,
  condition,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import { referenceIdFor } from '../src/domain/identity.ts';
import type { InvoiceSnapshot } from '../src/domain/invoice.ts';
import { standingOf } from '../src/domain/standing.ts';
import { toIso } from '../src/domain/view.ts';
import { activities, readOptions } from './activity-options.ts';
import { workflowNow } from './clock.ts';
import { resolveAftermath, callbackReceived, type AftermathInput, type OperatorAction } from './messages.ts';
import { checkOperator } from './validators.ts';
import { attributes } from './visibility.ts';

const retentionMs = 30 * 24 * 60 * 60 * 1000;
const pauseMs = 15 * 60 * 1000;

/**
 * What comes after a payment has closed, or for a reference that no payment ever had: signed callbacks wait here,
 * the platform is asked what they are about, and a person decides wherever money is in it.
 */
export async function aftermath({ orderId, known }: AftermathInput): Promise<{ seen: InvoiceSnapshot[] }> {
  const asked: number[] = [];
  const seen = new Map<number, InvoiceSnapshot>();
  const decided: OperatorAction[] = [];
  setHandler(callbackReceived, ({ attempt }) => void asked.push(attempt), {
    description: 'A signed callback came for an order whose payment is over, or that was never started.',
  });
  setHandler(
    resolveAftermath,
    (action) => {
      decided.push(action);
      show();
    },
    {
      validator: checkOperator,
      description: 'Seen and dealt with: {"by": "who you are", "why": "what you did"}.',
    },
  );
  const matters = (): boolean => decided.length === 0 && [...seen.values()].some(hasMoney);
  const show = (): void => {
    const rows = [...seen.values()].map(
      (it) => `| ${it.referenceId} | ${it.status} | ${it.amount} ${it.currency} |`,
    );
    const title = `Order ${orderId}: ${known ? `closed as ${known.status}` : 'no payment was ever started'}`;
    const waiting = `| waits until | ${toIso(workflowNow() + retentionMs)} | |`;
    setCurrentDetails(
      [title, '', '| reference | status | amount |', '|---|---|---|', ...rows, waiting].join('\n'),
    );
    upsertSearchAttributes([{ key: attributes.attention, value: matters() ? 'late-money' : null }]);
  };
  for (;;) {
    const attempt = asked.shift();
    if (attempt === undefined) {
      const woken = matters() && (await condition(() => asked.length > 0 || decided.length > 0, retentionMs));
      if (!woken || asked.length === 0) return { seen: [...seen.values()] };
      continue;
    }
    const found = await find(referenceIdFor(orderId, attempt));
    if (found === 'silent') {
      asked.push(attempt);
      await condition(() => false, pauseMs, { summary: 'ask the platform again' });
    } else if (found) {
      seen.set(attempt, found);
      show();
    }
  }
}

const hasMoney = (snapshot: InvoiceSnapshot): boolean =>
  !['open', 'failed', 'expired'].includes(standingOf(snapshot));

async function find(
  referenceId: ReturnType<typeof referenceIdFor>,
): Promise<InvoiceSnapshot | 'silent' | null> {
  try {
    const options = { ...readOptions, summary: `by reference ${referenceId}` };
    return (await activities.findInvoice.executeWithOptions(options, [referenceId]))?.snapshot ?? null;
  } catch (error) {
    if (error instanceof ActivityFailure) return 'silent';
    throw error;
  }
}
