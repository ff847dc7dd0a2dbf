import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sandboxApp } from '../../../src/sandbox/app.ts';
import type { FaultRule } from '../../../src/sandbox/faults.ts';
import type { SandboxInvoice } from '../../../src/sandbox/invoice.ts';
import type { JournalEntry } from '../../../src/sandbox/journal.ts';
import { Platform } from '../../../src/sandbox/platform.ts';
import type { Request } from '../evidence.ts';
import type { Mishap, Operation, RefundFate } from '../plan.ts';
import type { Shown } from '../platform/ledger.ts';
import { fateOf } from '../random.ts';
import { Postman } from './postman.ts';
import { SandboxLedger, shownOf } from './sandbox-ledger.ts';
import type { World } from './world.ts';
import { toAccountId } from '../../../src/domain/identity.ts';

export const account = {
  id: toAccountId('coma_sim'),
  privateKey: 'sk_test_simulation',
  publicKey: 'pk_test_simulation',
};

const operations: Readonly<Record<string, Operation>> = {
  prerequest: 'services',
  'invoice.create.private': 'create',
  'invoice.get.private': 'byId',
  'invoice.by-reference': 'byReference',
  'refund.create': 'refund',
};
const namesOf = (operation: Operation): string =>
  Object.entries(operations).find(([, it]) => it === operation)?.[0] ?? '';

const otherCurrency = { currency: 'EUR', rate: 0.41 };
const feeStrategies = {
  none: 'none',
  inside: 'internal',
  on_top: 'external',
  other_currency: 'none',
  other_currency_on_top: 'external',
} as const;

/** The sandbox as the platform of one payment's plan, and all that the checker is told of it. */
export class Site {
  readonly platform: Platform;
  readonly #world: World;
  readonly #postman: Postman;
  readonly #ledger: SandboxLedger[] = [];
  readonly #strays = new Set<string>();
  readonly #server: Server;
  /** Requests of the call that is under way. */
  #unheard: Request[] = [];
  #refundsMade = 0;

  constructor(world: World) {
    const { plan, time } = world;
    this.#world = world;
    this.platform = new Platform({
      account,
      now: () => time.now + plan.skews.platform,
      callbackRetryMs: 60_000,
      callbackTimeoutMs: 10_000,
      defaultCallbackUrl: null,
      defaultLifetimeSeconds: 1_800,
    });
    this.#postman = new Postman(world, this.platform);
    this.#server = createServer(sandboxApp(this.platform));
    this.#setUp();
  }

  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    this.platform.url = url;
    return url;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  get ledger(): readonly SandboxLedger[] {
    return this.#ledger;
  }

  find(attempt: number): SandboxLedger | undefined {
    const reference = this.referenceOf(attempt);
    return this.#ledger.find(({ asked }) => asked.reference === reference);
  }

  referenceOf(attempt: number): string {
    return attempt === 1 ? this.#world.orderId : `${this.#world.orderId}.${attempt}`;
  }

  /** What comes next is disturbed as the plan has it for now. */
  disturb(): void {
    const { platform } = this;
    platform.faults.clear();
    for (const { operations: concerned, mishap } of this.#world.lasting('mishap'))
      for (const operation of concerned)
        platform.faults.add({ match: { operation: namesOf(operation) }, times: 0, ...faultFor(mishap) });
    const [lag] = this.#world.lasting('lag');
    const behind = lag ? { seconds: lag.ms / 1000 } : null;
    const isOfIds = lag?.operations.includes('byId') ?? false;
    platform.lag.rule = { get: isOfIds ? behind : null, lookup: behind, referenceId: null };
  }

  /** An invoice that nobody of this payment made, as after a restore. */
  plant(attempt: number): SandboxInvoice | null {
    const reference = this.referenceOf(attempt);
    const like = this.#ledger[0]?.source;
    if (!like || this.find(attempt)) return null;
    this.#strays.add(reference);
    return this.platform.invoices.create({ ...like, referenceId: reference, expires: like.expires });
  }

  /** Gives money back in the dashboard. */
  giveBack(invoice: SandboxInvoice, amount: number, fate: RefundFate): void {
    const { moneyBack } = this.platform;
    const reference = `dashboard-${this.#refundsMade}-${invoice.refunds.length}`;
    const request = { referenceId: reference, amount, description: null };
    const refund = moneyBack.refund(invoice, request, endingOf(fate));
    this.#endLater(invoice, refund.referenceId, fate);
  }

  /** The call's answers have reached the product. */
  heard(): void {
    for (const request of this.#unheard) if (request.status !== 'none') request.isHeard = true;
    this.#unheard = [];
  }

  unheard(): void {
    this.#unheard = [];
  }

  #setUp(): void {
    const { platform } = this;
    const { manners, seed } = this.#world.plan;
    const strategy = feeStrategies[manners.fee];
    platform.invoices.rules = {
      ...platform.invoices.rules,
      expiredStatus: manners.saysFailed ? 'process_failed' : 'expired',
      fee: { strategy, rate: strategy === 'none' ? 0 : 0.02, fix: 0 },
      payIn: manners.fee.startsWith('other_currency') ? otherCurrency : null,
      coarseClock: fateOf(seed, 30) < 0.5,
    };
    platform.callbacks.rule = { ...platform.callbacks.rule, mode: 'drop' };
    platform.moneyBack.ending = endingOf(this.#nextFate);
    const { onChange } = platform.invoices;
    platform.invoices.onChange = (invoice, before) => {
      onChange(invoice, before);
      this.#changed(invoice);
    };
    const { journal } = platform;
    const add = journal.add.bind(journal);
    journal.add = (entry) => {
      add(entry);
      this.#saw(entry);
    };
    this.#planDisturbances();
  }

  #planDisturbances(): void {
    for (const step of this.#world.plan.steps)
      if (step.kind === 'mishap' || step.kind === 'lag')
        for (const at of [step.at, step.until]) this.#world.in(at, () => this.disturb());
  }

  get #nextFate(): RefundFate {
    const { refunds } = this.#world.plan.manners;
    return refunds[Math.min(this.#refundsMade, refunds.length - 1)] ?? { ends: 'done', afterMs: 0 };
  }

  #changed(invoice: SandboxInvoice): void {
    const known = this.#ledger.find(({ asked }) => asked.id === invoice.id);
    const entry = known ?? new SandboxLedger(invoice, this.#strays.has(invoice.referenceId));
    if (!known) {
      this.#ledger.push(entry);
      const left = invoice.expires * 1000 - this.platform.now();
      this.#world.in(left + 1_000, () => this.platform.invoices.expireAll());
    }
    entry.follow(this.#world.now, this.platform.site);
    this.#postman.tell(invoice, entry.versions.length);
  }

  #endLater(invoice: SandboxInvoice, refundReference: string, { ends, afterMs }: RefundFate): void {
    if (afterMs === null || afterMs === 0) return;
    const result = ends === 'done' ? 'processed' : 'failed';
    this.#world.in(afterMs, () => void this.platform.moneyBack.end(invoice, { result, refundReference }));
  }

  #saw(entry: Omit<JournalEntry, 'seq'>): void {
    const operation = operations[entry.operation];
    if (!operation) return;
    if (operation === 'refund' && entry.created) this.#refunded(entry);
    const { now, evidence } = this.#world;
    const status = statusOf(entry);
    const request: Request = {
      operation,
      begunAt: now,
      at: now,
      reference: entry.referenceId ?? '',
      status,
      shown: entry.fault === undefined && entry.status < 300 ? this.#shownBy(operation, entry) : null,
      refund:
        operation === 'refund' ? { reference: entry.refundReference ?? '', amount: entry.amount ?? 0 } : null,
      isHeard: false,
    };
    evidence.requests.push(request);
    this.#unheard.push(request);
    this.#world.note('platform', `${operation} ${request.reference} -> ${status}${lineOf(request.shown)}`);
  }

  #refunded({ invoiceId, refundReference }: Omit<JournalEntry, 'seq'>): void {
    const invoice = this.platform.invoices.get(invoiceId ?? '');
    const fate = this.#nextFate;
    this.#refundsMade += 1;
    this.platform.moneyBack.ending = endingOf(this.#nextFate);
    if (invoice && refundReference !== undefined) this.#endLater(invoice, refundReference, fate);
  }

  /** What the answer showed of the invoice: reads may be behind. */
  #shownBy(operation: Operation, { invoiceId }: Omit<JournalEntry, 'seq'>): Shown | null {
    const invoice = this.platform.invoices.get(invoiceId ?? '');
    if (!invoice || operation === 'refund' || operation === 'services') return null;
    const { lag, site } = this.platform;
    const seen = operation === 'byReference' ? lag.byReference(invoice) : lag.byId(invoice);
    return seen && shownOf(seen, site);
  }
}

const statusOf = ({ status, fault }: Omit<JournalEntry, 'seq'>): Request['status'] => {
  if (status === 0 || fault === 'timeout') return 'none';
  return status === 201 ? 200 : status;
};

const endingOf = ({ ends, afterMs }: RefundFate) => {
  if (afterMs !== 0) return 'pending' as const;
  return ends === 'done' ? ('at_once' as const) : ('failing' as const);
};

function faultFor(mishap: Mishap): Pick<FaultRule, 'when' | 'fault'> {
  const when = mishap.effect ? 'after' : 'before';
  if (mishap.status === 'none') return { when, fault: { type: 'reset' } };
  const { status, retryAfterMs } = mishap;
  const headers = retryAfterMs === null ? {} : { 'retry-after': String(retryAfterMs / 1000) };
  return { when, fault: { type: 'status', status, headers } };
}

const lineOf = (shown: Shown | null): string =>
  shown
    ? ` ${shown.status} paid ${shown.processedAmount} back ${shown.refundedAmount}/${shown.chargedBackAmount}`
    : '';
