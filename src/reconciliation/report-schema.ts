import { z } from 'zod';

const told = z.object({
  count: z.int(),
  amount: z.string().describe('Decimal string with all decimals of the currency.'),
});
const kinds = z.enum([
  'paid_there',
  'ended_there',
  'paid_here',
  'missing_there',
  'other_amount',
  'not_ordered',
  'refund_unseen',
  'chargeback_unseen',
  'unreadable',
]);
const counted = z.int().optional();

/** The answer of `GET /v1/reports/{day}` as JSON. */
export const reportAnswer = z.object({
  day: z.iso.date().describe('UTC.'),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  incomplete: z.string().nullable().describe('Why the walk ended early; null where it is complete.'),
  currencies: z
    .array(
      z.object({
        currency: z.string(),
        lines: z.object({
          open: told,
          failed: told,
          paid: told,
          verified: told,
          refunded: told,
          chargedBack: told,
        }),
        total: told,
        fee: z.string().describe("Paytone's commission on what was paid."),
        net: z.string().describe('What is left of `paid` after the fee; negative where the fees are more.'),
      }),
    )
    .describe('Invoices created on the day, as the platform has them; the lines add up to the total.'),
  walked: z.object({
    pages: z.int(),
    read: z.int(),
    compared: z.int(),
    young: z.int().describe('Changed too recently to be compared.'),
    otherMode: z.int().describe("Not of the mode of the account's keys."),
    unreadable: z.int(),
  }),
  counts: z.object({
    paid_there: counted,
    ended_there: counted,
    paid_here: counted,
    missing_there: counted,
    other_amount: counted,
    not_ordered: counted,
    refund_unseen: counted,
    chargeback_unseen: counted,
    unreadable: counted,
  }),
  findings: z.array(
    z.object({
      kind: kinds,
      referenceId: z.string(),
      invoiceId: z.string(),
      there: z
        .object({
          status: z.string(),
          amount: z.string(),
          currency: z.string(),
          processedAmount: z.string().nullable(),
          refundedAmount: z.string().nullable(),
          updated: z.int().describe('Unix seconds.'),
        })
        .nullable(),
      here: z.object({ status: z.string(), amount: z.string(), currency: z.string() }).nullable(),
    }),
  ),
  leftOut: z.int().describe('Findings that are counted only.'),
});
