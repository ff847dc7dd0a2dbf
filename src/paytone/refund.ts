import { z } from 'zod';

/** A refund as the platform tells it (paytone-platform.md, Refunds). */
export const refundSchema = z
  .object({
    id: z.string(),
    attributes: z.object({
      reference_id: z.string(),
      status: z.string(),
      amount: z.union([z.number(), z.string()]).transform(String),
      currency: z.string().nullish(),
    }),
  })
  .transform(({ id, attributes }) => ({
    refundId: id,
    referenceId: attributes.reference_id,
    status: attributes.status,
    amount: attributes.amount,
  }));
