import { randomUUID } from 'node:crypto';
import { Callbacks } from './callbacks.ts';
import { Faults } from './faults.ts';
import type { SandboxInvoice } from './invoice.ts';
import { Invoices } from './invoices.ts';
import { Journal } from './journal.ts';
import { Lag } from './lag.ts';
import { MoneyBack } from './money-back.ts';
import { privateResource, type SandboxSite } from './resources.ts';
import { readCreate } from './validation.ts';

export interface Account {
  readonly id: string;
  readonly privateKey: string;
  readonly publicKey: string;
}

export interface PlatformOptions {
  readonly account: Account;
  readonly now: () => number;
  readonly callbackRetryMs: number;
  readonly callbackTimeoutMs: number;
  readonly defaultCallbackUrl: string | null;
  readonly defaultLifetimeSeconds: number;
}

/** The state of the played platform: one merchant account and all that belongs to it. */
export class Platform {
  readonly account: Account;
  readonly testMode: boolean;
  readonly invoices: Invoices;
  readonly moneyBack: MoneyBack;
  readonly lag: Lag;
  readonly journal = new Journal();
  readonly faults = new Faults();
  readonly callbacks: Callbacks;
  defaultCallbackUrl: string | null;
  credentialsRejected = false;
  publicCreateForbidden = false;
  url = '';
  readonly #options: PlatformOptions;
  #aheadMs = 0;

  constructor(options: PlatformOptions) {
    this.#options = options;
    this.account = options.account;
    this.testMode = options.account.privateKey.startsWith('sk_test_');
    this.defaultCallbackUrl = options.defaultCallbackUrl;
    const now = () => this.now();
    this.invoices = new Invoices(now);
    this.moneyBack = new MoneyBack(this.invoices, now);
    this.lag = new Lag(now);
    this.callbacks = new Callbacks({
      secret: options.account.privateKey,
      journal: this.journal,
      now,
      retryMs: options.callbackRetryMs,
      timeoutMs: options.callbackTimeoutMs,
      render: (invoice) => privateResource(invoice, this.site),
      defaultUrl: () => this.defaultCallbackUrl,
    });
    this.invoices.onChange = (invoice, before) => {
      this.lag.changed(invoice, before);
      this.callbacks.changed(invoice);
    };
  }

  /** Epoch milliseconds of the sandbox's clock, which can be moved ahead. */
  now(): number {
    return this.#options.now() + this.#aheadMs;
  }

  advance(seconds: number): void {
    this.#aheadMs += seconds * 1000;
    this.invoices.expireAll();
  }

  get site(): SandboxSite {
    return { url: this.url, testMode: this.testMode };
  }

  /** Makes an invoice, or says what is wrong with the request, or which earlier one holds the reference. */
  create(body: unknown, { isPrivate }: { isPrivate: boolean }) {
    const read = readCreate(body, {
      now: Math.floor(this.now() / 1000),
      testModeWanted: isPrivate && this.testMode,
      defaultLifetimeSeconds: this.#options.defaultLifetimeSeconds,
      newReference: randomUUID,
    });
    if ('faults' in read) return read;
    const earlier: SandboxInvoice | undefined = this.invoices.byReference(read.draft.referenceId);
    return earlier ? { earlier } : { invoice: this.invoices.create(read.draft) };
  }

  reset(): void {
    this.callbacks.clear();
    this.invoices.clear();
    this.moneyBack.ending = 'at_once';
    this.lag.clear();
    this.faults.clear();
    this.journal.clear();
    this.credentialsRejected = false;
    this.publicCreateForbidden = false;
    this.#aheadMs = 0;
  }
}
