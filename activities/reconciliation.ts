import { activityInfo, heartbeat } from '@temporalio/activity';
import { orderOfReference, type AccountId, type OrderId, type Reference } from '../src/domain/identity.ts';
import type { PaymentRecord } from '../src/domain/payment/payment-record.ts';
import { countFindings, emptyTally, sumsOf, type Tally } from '../src/domain/reconciliation/report.ts';
import {
  agrees,
  findingOf,
  isFresh,
  isToldBefore,
  missingThere,
  sweepHintOf,
  toFinding,
  triesOfPage,
  type Finding,
  type ListedInvoice,
  type OurRow,
} from '../src/domain/reconciliation/compare.ts';
import { comparedRange } from '../src/domain/reconciliation/compared-range.ts';
import {
  edgeAfter,
  pageWindowOf,
  type Edge,
  type PageWindow,
} from '../src/domain/reconciliation/page-window.ts';
import type { PaytoneClient } from '../src/paytone/client.ts';
import { PaytoneError } from '../src/paytone/paytone-error.ts';
import { translated } from './failure.ts';
import type { Timed } from './platform.ts';

/** Our payments, as the sweep needs them. */
export interface Ledger {
  /** Rows on the account whose invoices were created in these seconds, both included. */
  rows(from: number, to: number, account: AccountId): AsyncIterable<OurRow>;
  /** Null where there is no such payment on the account. @throws where it does not answer. */
  record(orderId: OrderId, account: AccountId): Promise<PaymentRecord | null>;
  /** Where signed callbacks go. */
  receive(reference: Reference, news: ReturnType<typeof sweepHintOf>, account: AccountId): Promise<void>;
  receiveForeign(reference: string, account: AccountId): Promise<void>;
}

export interface PageInput {
  /** Whose list; absent for that of the environment. */
  readonly account?: AccountId;
  readonly day: string;
  /** Where the page begins; null for the newest. */
  readonly cursor: string | null;
  /** What the page before ended with; null for the first. */
  readonly edge: Edge | null;
  /** A change younger than this may have its callback on the way. */
  readonly graceSeconds: number;
}

export interface PageOutcome extends Timed {
  readonly tally: Tally;
  /** Null where the walk is over. */
  readonly next: Pick<PageInput, 'cursor' | 'edge'> | null;
  /** Why the walk cannot go on, although it is not over. */
  readonly stuck: string | null;
}

export interface SweepParts {
  readonly clientOf: (account: AccountId) => PaytoneClient;
  /** The first is the one of the environment. */
  readonly accountIds: () => readonly [AccountId, ...AccountId[]];
  readonly ledger: Ledger;
  /** Mode of the account's keys: invoices of the other mode are not ours. */
  readonly testMode: boolean;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/** So many payments of one page without their invoice say that it is the list which is wrong. */
const mostMissing = 500;

/** The daily sweep: comparing one page of the platform's list with our payments, and telling what differs. */
export function createSweepActivities({
  clientOf,
  accountIds,
  ledger,
  testMode,
  now = Date.now,
}: SweepParts) {
  const placeOf = (account = accountIds()[0]): AccountSide => ({
    account,
    client: clientOf(account),
    ledger,
  });
  return {
    /** All accounts but that of the environment. */
    listOtherAccounts: (): Promise<readonly AccountId[]> => Promise.resolve(accountIds().slice(1)),

    /** Changes nothing, so that it may be repeated. */
    async comparePage(input: PageInput): Promise<PageOutcome> {
      const place = placeOf(input.account);
      const { client } = place;
      const page = await translated(() => client.invoicePage(input.cursor), now);
      const window = pageWindowOf(page, input);
      const ours = page.invoices.filter((invoice) => invoice.testMode === testMode);
      const settledBefore = settledBy(now(), input.graceSeconds);
      const rows = await joinRows(place, window, {
        ids: page.invoices.map(idOf),
        settledBefore,
        day: input.day,
      });
      const compared = await compareAll(place, ours, { day: input.day, rows: rows.matched, settledBefore });
      const findings = [...compared.findings, ...rows.missing];
      return {
        at: now(),
        tally: {
          ...emptyTally,
          pages: 1,
          read: page.invoices.length,
          otherMode: page.invoices.length - ours.length,
          unreadable: page.unreadable,
          compared: compared.settled,
          young: compared.young,
          sums: sumsOf(ours, input.day),
          counts: countFindings(findings),
          findings,
        },
        next:
          page.next === null || window.isLast
            ? null
            : { cursor: page.next, edge: edgeAfter(page, input.edge) },
        stuck: stuckBy(window, rows),
      };
    },

    /** Each finding goes where a callback would have gone. */
    async tellFindings(findings: readonly Finding[], day?: string, whose?: AccountId): Promise<void> {
      const { account } = placeOf(whose);
      for (const finding of findings) {
        heartbeat();
        const reference = orderOfReference(finding.referenceId);
        if (reference) await ledger.receive(reference, sweepHintOf(day), account);
        else await ledger.receiveForeign(finding.referenceId, account);
      }
    },
  };
}

/** Whose list is compared, with our payments on that account. */
interface AccountSide {
  readonly account: AccountId;
  readonly client: PaytoneClient;
  readonly ledger: Ledger;
}

/** Unix seconds. Without any grace everything counts, even what a platform whose clock is ahead did just now. */
const settledBy = (now: number, graceSeconds: number): number =>
  graceSeconds > 0 ? Math.floor(now / 1000) - graceSeconds : Infinity;

const idOf = ({ invoiceId }: ListedInvoice): string => invoiceId;

interface Joined {
  /** Rows of ours by the invoices of the page. */
  readonly matched: ReadonlyMap<string, readonly OurRow[]>;
  /** Payments of ours whose invoice the platform does not have. */
  readonly missing: readonly Finding[];
  readonly tooMany: boolean;
}

function stuckBy({ wentBack }: PageWindow, { tooMany }: Joined): string | null {
  if (wentBack) return "the platform's list went back to newer invoices";
  return tooMany ? "the platform's list lacks hundreds of invoices" : null;
}

/** Merges our rows of the page's window with the page: which belong to an invoice on it, and which to none. */
async function joinRows(
  place: AccountSide,
  window: PageWindow,
  { ids, settledBefore, day }: { ids: readonly string[]; settledBefore: number; day: string },
): Promise<Joined> {
  const matched = new Map<string, OurRow[]>(ids.map((id) => [id, []]));
  const missing: Finding[] = [];
  const asked = new Set<string>();
  const { account, ledger } = place;
  if (!window.rows) return { matched, missing, tooMany: false };
  for await (const row of ledger.rows(window.rows.from, window.rows.to, account)) {
    heartbeat();
    const there = matched.get(row.invoiceId);
    there?.push(row);
    if (there || !window.isDue(row) || row.invoiceCreated > settledBefore || asked.has(row.invoiceId))
      continue;
    if (asked.size === mostMissing) return { matched, missing, tooMany: true };
    asked.add(row.invoiceId);
    const finding = await missingOf(row, day, place);
    if (finding) missing.push(finding);
  }
  return { matched, missing, tooMany: false };
}

/** The list may lag or be out of order: what it lacks is asked for by its id. */
async function missingOf(row: OurRow, day: string, place: AccountSide): Promise<Finding | null> {
  const found = await translated(() => place.client.getInvoice(row.invoiceId).catch(nullIfAbsent), Date.now);
  if (found) return null;
  const answer = await readPatiently(place, row.orderId);
  const record = answer === 'silent' ? null : answer;
  const finding = missingThere(row, record);
  return isToldBefore(finding, { day, record }) ? null : finding;
}

function nullIfAbsent(error: unknown): null {
  if (error instanceof PaytoneError && error.failure.directive === 'absent') return null;
  throw error;
}

interface Against {
  readonly day: string;
  readonly rows: Joined['matched'];
  readonly settledBefore: number;
}

async function compareAll(place: AccountSide, invoices: readonly ListedInvoice[], against: Against) {
  const { from, until } = comparedRange(against.day);
  const inRange = invoices.filter(({ created }) => created >= from && created < until);
  const settled = inRange.filter(({ updated }) => updated <= against.settledBefore);
  const findings: Finding[] = [];
  for (const invoice of settled) {
    const finding = await compareOne(place, invoice, against);
    if (finding) findings.push(finding);
  }
  return { findings, settled: settled.length, young: inRange.length - settled.length };
}

/** Rows may be a moment behind: what they do not show, the payment itself is asked for. */
async function compareOne(
  place: AccountSide,
  invoice: ListedInvoice,
  { day, rows, settledBefore }: Against,
): Promise<Finding | null> {
  const ofInvoice = rows.get(invoice.invoiceId) ?? [];
  if (agrees(invoice, ofInvoice)) return null;
  // An old invoice without a row is an earlier attempt's, or forgotten by Temporal: it was compared on its day.
  if (ofInvoice.length === 0 && !isFresh(invoice, day)) return null;
  const order = orderOfReference(invoice.referenceId);
  const record = order && (await readPatiently(place, order.orderId));
  if (record === 'silent') return toFinding('unreadable', invoice, null);
  const finding = findingOf(invoice, record, settledBefore);
  return finding && isToldBefore(finding, { day, record }) ? null : finding;
}

/** One payment that never answers must not keep the sweep from all others. */
async function readPatiently(
  { account, ledger }: AccountSide,
  orderId: OrderId,
): Promise<PaymentRecord | 'silent' | null> {
  heartbeat();
  try {
    return await ledger.record(orderId, account);
  } catch (error) {
    if (activityInfo().attempt < triesOfPage) throw error;
    return 'silent';
  }
}
