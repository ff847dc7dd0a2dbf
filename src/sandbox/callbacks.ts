import { createHash } from 'node:crypto';
import { Agent, request } from 'undici';
import type { SandboxInvoice } from './invoice.ts';
import type { Journal } from './journal.ts';

export interface CallbackRule {
  mode: 'deliver' | 'drop' | 'hold';
  delayMs: number;
  /** How many times more than once each callback is sent. */
  duplicates: number;
  forged: boolean;
  /** Only callbacks of this reference; null for all. */
  referenceId: string | null;
}

const noRule: CallbackRule = {
  mode: 'deliver',
  delayMs: 0,
  duplicates: 0,
  forged: false,
  referenceId: null,
};
/** The Nth retry comes N minutes after the one before it, up to this many (docs/platform.md §5). */
const mostTries = 100;

/** base64 of the binary SHA-1 of secret + body + secret (docs/platform.md §5). */
const signBody = (body: string, secret: string): string =>
  createHash('sha1').update(`${secret}${body}${secret}`).digest('base64');

interface Parts {
  readonly secret: string;
  readonly journal: Journal;
  readonly now: () => number;
  readonly retryMs: number;
  readonly timeoutMs: number;
  readonly render: (invoice: SandboxInvoice) => object;
  readonly defaultUrl: () => string | null;
}

interface Message {
  readonly invoice: SandboxInvoice;
  readonly url: string;
  readonly body: string;
  readonly told: string;
  readonly forged: boolean;
}

/** Tells merchants of every change, again until they answer 200. */
export class Callbacks {
  rule: CallbackRule = noRule;
  readonly #parts: Parts;
  readonly #agent: Agent;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #running = new Set<Promise<void>>();
  #held: Message[] = [];
  #closed = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#agent = new Agent({ connect: { timeout: parts.timeoutMs } });
  }

  /** A change happened: sends, drops or holds by the rule in force. */
  changed(invoice: SandboxInvoice): void {
    const applies = this.rule.referenceId === null || this.rule.referenceId === invoice.referenceId;
    const rule = applies ? this.rule : noRule;
    const message = this.#messageOf(invoice, rule.forged);
    if (!message || rule.mode === 'drop') return;
    if (rule.mode === 'hold') this.#held.push(message);
    else for (let i = 0; i <= rule.duplicates; i++) this.#sendIn(rule.delayMs, message, 1);
  }

  /** Sends the invoice's callback as it stands, now. */
  send(invoice: SandboxInvoice, { forged, times }: { forged: boolean; times: number }): void {
    const message = this.#messageOf(invoice, forged);
    if (message) for (let i = 0; i < times; i++) this.#sendIn(0, message, 1);
  }

  release(order: 'fifo' | 'lifo'): number {
    const held = order === 'lifo' ? this.#held.reverse() : this.#held;
    this.#held = [];
    for (const message of held) this.#sendIn(0, message, 1);
    return held.length;
  }

  clear(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#held = [];
    this.rule = noRule;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.clear();
    await this.#agent.destroy();
    await Promise.all(this.#running);
  }

  #messageOf(invoice: SandboxInvoice, forged: boolean): Message | null {
    const url = invoice.callbackUrl ?? this.#parts.defaultUrl();
    if (url === null) return null;
    // PHP's json_encode escapes slashes: the signature is over these bytes.
    const body = JSON.stringify({ data: this.#parts.render(invoice) }).replaceAll('/', String.raw`\/`);
    return { invoice, url, body, told: invoice.status, forged };
  }

  #sendIn(delayMs: number, message: Message, attempt: number): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      const run = this.#deliver(message, attempt).finally(() => this.#running.delete(run));
      this.#running.add(run);
    }, delayMs);
    this.#timers.add(timer);
  }

  async #deliver(message: Message, attempt: number): Promise<void> {
    const { invoice, told } = message;
    const status = await this.#post(message);
    if (this.#closed) return;
    const { journal, now, retryMs } = this.#parts;
    const at = now();
    const { referenceId, id: invoiceId } = invoice;
    journal.add({
      at,
      kind: 'callback',
      operation: 'callback',
      referenceId,
      invoiceId,
      status,
      told,
      attempt,
    });
    const seconds = Math.floor(at / 1000);
    invoice.callbackLogs[String(invoice.updated)] = {
      status: status === 200 ? 'done' : 'failed',
      processed: seconds,
      response_code: status,
      transaction_status: told,
    };
    if (status !== 200 && !message.forged && attempt < mostTries)
      this.#sendIn(attempt * retryMs, message, attempt + 1);
  }

  /** The HTTP status answered, 0 for none. */
  async #post({ url, body, forged }: Message): Promise<number> {
    const { secret, timeoutMs } = this.#parts;
    try {
      const answer = await request(url, {
        method: 'POST',
        dispatcher: this.#agent,
        signal: AbortSignal.timeout(timeoutMs),
        headers: {
          'content-type': 'application/json',
          'x-signature': signBody(body, forged ? 'forged' : secret),
        },
        body,
      });
      await answer.body.dump();
      return answer.statusCode;
    } catch {
      return 0;
    }
  }
}
