import { z } from 'zod';
import type { RefundProgress } from '../domain/invoice/invoice.ts';
import { decimal } from './invoice-schema.ts';

/** What the platform says about a refund it has. */
export interface RefundState {
  /** The platform's word as it stands; it may be one that we do not know. */
  readonly status: string;
  /** Decimal string, in major units. */
  readonly amount: string;
}

/** The documents name no statuses of a refund; inferred: an invoice's own. What is new to us is not final. */
const progresses: Readonly<Record<string, RefundProgress>> = { processed: 'done', process_failed: 'failed' };

export const progressOf = ({ status }: RefundState): RefundProgress => progresses[status] ?? 'under_way';

const refundResource = z
  .object({
    type: z.literal('refunds'),
    id: z.string().min(1),
    attributes: z.object({ reference_id: z.string(), status: z.string(), amount: decimal }),
  })
  .transform(({ attributes: { reference_id: referenceId, status, amount } }) => ({
    referenceId,
    status,
    amount,
  }));

/** The refund of that reference (docs/platform.md §8), and no other; its type tells it from an invoice. */
export const refundOf = (ours: string) =>
  refundResource
    .refine(({ referenceId }) => referenceId === ours)
    .transform(({ status, amount }): RefundState => ({ status, amount }));
