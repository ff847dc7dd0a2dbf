import { fetch } from 'undici';
import type { SandboxInvoice } from '../../../src/sandbox/invoice.ts';
import type { Platform } from '../../../src/sandbox/platform.ts';
import { privateResource } from '../../../src/sandbox/resources.ts';
import type { Change } from '../platform/platform.ts';
import { minuteMs } from '../plan.ts';
import { fateOf } from '../random.ts';
import type { World } from './world.ts';
import { signatureOf } from '../../support/sign-callback.ts';

const mostTries = 20;
const forgedShare = 0.1;

/** Carries the platform's callbacks as the plan has it: lost, twice, late, overtaking each other; and forges some. */
export class Postman {
  readonly #world: World;
  readonly #platform: Platform;

  constructor(world: World, platform: Platform) {
    this.#world = world;
    this.#platform = platform;
  }

  tell(invoice: SandboxInvoice, version: number): void {
    const { seed, manners, latencyMs } = this.#world.plan;
    const number = Number(invoice.referenceId.split('.')[1] ?? 1);
    const fate = (what: number): number => fateOf(seed, what, version, number);
    const { referenceId: reference, status, updated } = invoice;
    const letter = { url: invoice.callbackUrl ?? '', ...this.#signed(invoice), reference, status, updated };
    if (fate(6) < forgedShare) this.#world.in(latencyMs, () => this.#forge(invoice));
    if (fate(1) < manners.lost || letter.url === '') return;
    const lateMs = fate(2) < manners.late ? fate(3) ** 4 * 600 * minuteMs : fate(3) * 400;
    const ms = latencyMs + Math.floor(lateMs);
    this.#world.in(ms, () => this.#deliver(letter, 1));
    if (fate(4) < manners.twice)
      this.#world.in(ms + Math.floor(fate(5) * 200_000), () => this.#deliver(letter, 1));
  }

  /** "Linear retries: the Nth comes N minutes after the one before" (docs/platform.md, Callback). */
  async #deliver(letter: Letter, tries: number): Promise<void> {
    const { reference, status, updated } = letter;
    const code = await post(letter);
    this.#world.note('callback', `${reference} is ${status} -> ${code}`);
    if (code === 200)
      this.#world.evidence.callbacks.push({ at: this.#world.now, reference, status, updated });
    else if (tries < mostTries) this.#world.in(tries * minuteMs, () => this.#deliver(letter, tries + 1));
  }

  /** Somebody without the secret claims that the money is there. */
  async #forge(invoice: SandboxInvoice): Promise<void> {
    const claimed = { ...invoice, status: 'processed', updated: invoice.updated + 1 };
    const { body } = this.#signed(claimed);
    const code = await post({ url: invoice.callbackUrl ?? '', body, signature: signatureOf(body, 'forged') });
    this.#world.note('callback', `forged: ${invoice.referenceId} is processed -> ${code}`);
    if (code === 200) this.#world.evidence.faults.push('has taken a forged callback');
  }

  #signed(invoice: SandboxInvoice): { readonly body: string; readonly signature: string } {
    const data = privateResource(invoice, this.#platform.site);
    const body = JSON.stringify({ data }).replaceAll('/', String.raw`\/`);
    return { body, signature: signatureOf(body, this.#platform.account.privateKey) };
  }
}

interface Letter extends Change {
  readonly url: string;
  readonly body: string;
  readonly signature: string;
}

/** The HTTP status answered, 0 for none. */
async function post({ url, body, signature }: Pick<Letter, 'url' | 'body' | 'signature'>): Promise<number> {
  try {
    const headers = { 'content-type': 'application/json', 'x-signature': signature };
    const answer = await fetch(url, { method: 'POST', headers, body });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return 0;
  }
}
