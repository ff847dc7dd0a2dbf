import { z } from 'zod';
import { findingKinds } from '../domain/reconciliation/compare.ts';

const line = z
  .object({
    count: z.int().describe('Number of invoices.'),
    amount: z.string().describe('Their sum, as a decimal string with all decimals of the currency.'),
  })
  .meta({ id: 'ReportLine', description: 'Invoices, counted and summed up.' });

const kind = z
  .enum(findingKinds)
  .meta({ id: 'FindingKind', description: 'How an invoice differs from its payment.' });

const currency = z
  .object({
    currency: z.string().describe('Currency, as an ISO 4217 code.'),
    lines: z
      .object({
        open: line,
        failed: line,
        paid: line,
        verified: line,
        refunded: line,
        chargedBack: line,
      })
      .meta({
        id: 'ReportLines',
        description: 'What became of the invoices. The lines add up to the total.',
      }),
    total: line,
    fee: z.string().describe("Paytone's commission on what was paid, as a decimal string."),
    net: z
      .string()
      .describe('What is left of `paid` after the fee, as a decimal string. Negative if the fee is more.'),
  })
  .meta({ id: 'ReportCurrency', description: 'The invoices of one currency.' });

const finding = z
  .object({
    kind,
    referenceId: z.string().describe("The invoice's reference."),
    invoiceId: z.string().describe("Paytone's id of the invoice."),
    there: z
      .object({
        status: z.string().describe("Paytone's status."),
        amount: z.string().describe('What was asked for, as a decimal string.'),
        currency: z.string().describe('Its currency, as an ISO 4217 code.'),
        processedAmount: z.string().nullable().describe('What was paid, as a decimal string.'),
        refundedAmount: z.string().nullable().describe('What was refunded, as a decimal string.'),
        updated: z.int().describe('When Paytone last changed it, in unix seconds.'),
      })
      .meta({ id: 'FindingThere', description: 'The invoice at Paytone. Null if there is none.' })
      .nullable(),
    here: z
      .object({
        status: z.string().describe('Status of the payment.'),
        amount: z.string().describe('What was ordered, as a decimal string.'),
        currency: z.string().describe('Its currency, as an ISO 4217 code.'),
      })
      .meta({ id: 'FindingHere', description: 'The payment here. Null if there is none.' })
      .nullable(),
  })
  .meta({ id: 'Finding', description: 'A difference between an invoice and its payment.' });

/** The answer of `GET /v1/reports/{day}` as JSON. */
export const reportAnswer = z
  .object({
    day: z.iso.date().describe('The day, in UTC.'),
    startedAt: z.iso.datetime().describe('When the comparison began.'),
    finishedAt: z.iso.datetime().describe('When it ended.'),
    incomplete: z.string().nullable().describe('Why it ended early. Null if it is complete.'),
    currencies: z.array(currency).describe('The invoices created on that day, as Paytone has them.'),
    walked: z
      .object({
        pages: z.int().describe("Pages of Paytone's list."),
        read: z.int().describe('Invoices on them.'),
        compared: z.int().describe('Invoices that were compared.'),
        young: z.int().describe('Invoices left out because they changed too recently.'),
        otherMode: z.int().describe("Invoices left out because they are not of the keys' mode."),
        unreadable: z.int().describe('Invoices that could not be read.'),
      })
      .meta({ id: 'ReportWalk', description: "How much of Paytone's list was read." }),
    counts: z
      .partialRecord(kind, z.int())
      .describe('Number of findings of each kind. A kind without any is left out.'),
    findings: z.array(finding).describe('The findings.'),
    leftOut: z.int().describe('Findings that are counted but not listed.'),
  })
  .meta({ id: 'Report', description: "A day's reconciliation of an account." });
