import { setTimeout as pause } from 'node:timers/promises';
import { fetch } from 'undici';
import type { OperatorClient } from '../../../src/operators/operator-client.ts';
import { toDecimal } from '../amounts.ts';
import type { Act, Answer } from '../evidence.ts';
import type { Step } from '../plan.ts';
import { refundLeft } from '../../../src/sandbox/money-back.ts';
import type { Site } from './site.ts';
import type { World } from './world.ts';

export const apiKey = 'key-of-the-simulation';

/** What the model calls a currency, the sandbox does under another name. */
const currencies: Readonly<Record<string, string>> = { AED: 'USD', BHD: 'KWD', BIF: 'JPY' };
const decisions = { accept: 'accept', reject: 'reject', refund: 'give_back' } as const;
/** An answer that hangs on time that is still to pass comes when it comes. */
const patienceMs = 250;
const who = { by: 'olga', why: 'looked' };

type Decision = keyof typeof decisions;
type Of<Kind extends Step['kind']> = Extract<Step, { readonly kind: Kind }>;

const soon = (work: Promise<unknown>): Promise<unknown> => Promise.race([work, pause(patienceMs)]);

interface Means {
  readonly site: Site;
  readonly operators: OperatorClient;
  /** How often an order service asks again, a second later each time, where it gets no answer or 5xx. */
  readonly tries?: number;
}

/** The order service, the customer and operators, each by the door that is theirs. */
export class Cast {
  readonly #world: World;
  readonly #site: Site;
  readonly #operators: OperatorClient;
  readonly #tries: number;
  #operatorsDone = 0;
  /** An operator is about to decide: what is seen now is not the end. */
  isOperatorUnderWay = false;
  #status = 'creating';

  constructor(world: World, { site, operators, tries = 1 }: Means) {
    this.#world = world;
    this.#site = site;
    this.#operators = operators;
    this.#tries = tries;
  }

  get currency(): string {
    return currencies[this.#world.plan.currency] ?? 'USD';
  }

  async start(): Promise<void> {
    const { plan } = this.#world;
    const terms = {
      amount: { value: toDecimal(plan.amount, this.currency), currency: this.currency },
      flow: plan.flow,
      ...(plan.hasService && { service: this.#choiceOf(0).service }),
    };
    await soon(this.#ask('PUT', '', terms));
    for (const step of plan.steps) this.#world.at(this.#world.startsAt + step.at, () => this.#play(step));
  }

  async cancel(): Promise<void> {
    await this.#asked('cancel', this.#ask('POST', '/cancel', { reason: 'gave up' }));
  }

  async look(): Promise<Answer | null> {
    return this.#ask('GET', '');
  }

  /** The daily reconciliation, as an operator has it made at once. */
  async reconcile(): Promise<void> {
    await soon(this.#operators.act(this.#world.orderId, 'reconcile-now', who).catch(() => undefined));
  }

  redeliver(): Promise<void> {
    return this.#operate('other', () => this.#operators.act(this.#world.orderId, 'redeliver-outcome', who));
  }

  /** Operators look at every review after a while, as long as the plan has any. */
  saw(status: string): void {
    const { plan } = this.#world;
    this.#status = status;
    const next = plan.operators[this.#operatorsDone];
    if (!next || this.isOperatorUnderWay || status !== 'review') return;
    this.isOperatorUnderWay = true;
    this.#operatorsDone += 1;
    this.#world.in(next.afterMs, async () => {
      this.isOperatorUnderWay = false;
      await this.#resolve(next.decision);
      await this.look();
    });
  }

  async #play(step: Step): Promise<void> {
    await this.#happen(step);
    await this.look();
  }

  async #happen(step: Step): Promise<void> {
    switch (step.kind) {
      case 'choose':
        return this.#choose(step);
      case 'visit':
        return this.#visit();
      case 'cancel':
        return this.cancel();
      case 'refund':
        return this.#refund(step);
      case 'resolve':
        return this.#resolve(step.decision);
      case 'extend':
        return this.#operate('extend', () =>
          this.#operators.act(this.#world.orderId, 'extend-watch', { ...who, hours: step.hours }),
        );
      case 'acknowledge':
        return this.#operate('other', () => this.#operators.act(this.#world.orderId, 'acknowledge', who));
      case 'redeliver':
        return this.redeliver();
      case 'reconcile':
        return this.reconcile();
      default:
        return this.#atPlatform(step);
    }
  }

  #atPlatform(step: Step): void {
    if (!('attempt' in step)) return;
    if (step.kind === 'stray') return this.#stray(step);
    const entry = this.#site.find(step.attempt);
    if (!entry) return;
    const { source } = entry;
    const { invoices, moneyBack } = this.#site.platform;
    if (step.kind === 'pay') return this.#pay(step.attempt, step.share);
    if (step.kind === 'decline' && entry.isOpen) {
      const isVerifying = this.#world.plan.flow === 'verify' && step.word === 'process_failed';
      const status = isVerifying ? 'verify_failed' : step.word;
      return invoices.setStatus(source, status, { resolution: 'insufficient_funds' });
    }
    if (step.kind === 'dashboard_refund') {
      const left = refundLeft(source);
      if (left === 0) return;
      const part = Number(toDecimal(Math.max(1, Math.round(entry.asked.amount * step.share)), this.currency));
      return this.#site.giveBack(source, Math.min(left, part), step.fate);
    }
    if (step.kind === 'chargeback') {
      const left = entry.paid - entry.refundedInPrice - entry.chargedBack;
      const part = Math.min(left, Math.max(1, Math.round(entry.paid * step.share)));
      moneyBack.chargeBack(source, Number(toDecimal(part, entry.price.currency)));
    }
  }

  /** Before or after its time, also what was declined before. */
  #pay(attempt: number, share: number): void {
    const entry = this.#site.find(attempt);
    if (!entry || entry.paidAt !== null) return;
    const payable = ['expired', 'process_failed', 'terminated'];
    if (!entry.isOpen && !payable.includes(entry.status)) return;
    const { invoices } = this.#site.platform;
    if (this.#world.plan.flow === 'verify') return invoices.setStatus(entry.source, 'verified');
    const { toPay, currency } = entry.price;
    const paid = Math.max(1, Math.round(toPay * share));
    const isWhole = paid === toPay || this.#world.plan.manners.saysFailed;
    invoices.setStatus(entry.source, isWhole ? 'processed' : 'partially_processed', {
      processedAmount: Number(toDecimal(paid, currency)),
    });
  }

  #stray({ attempt, isPaid }: Of<'stray'>): void {
    if (this.#site.plant(attempt) && isPaid) this.#pay(attempt, 1);
  }

  #choiceOf(number: number) {
    if (this.currency !== 'USD') return { service: `payment_card_${this.currency.toLowerCase()}_hpp` };
    const account_number = 'UA213223130000026007233566001';
    const isLarge = this.#world.plan.amount >= 1_000;
    if (number === 2 && isLarge)
      return { service: 'bank_transfer_usd_hpp', serviceFields: { account_number } };
    const isMore = number === 1 && this.#world.plan.amount >= 100;
    return { service: isMore ? 'paypal_usd_hpp' : 'payment_card_usd_hpp' };
  }

  #choose({ service }: Of<'choose'>): Promise<void> {
    return this.#asked('choose', this.#ask('POST', '/method', this.#choiceOf(service)));
  }

  async #visit(): Promise<void> {
    const url = this.#site.ledger.at(-1)?.source.returnUrl;
    if (!url) return;
    this.#world.note('return', 'comes back');
    await soon(
      fetch(url, { redirect: 'manual' }).then(
        (answer) => answer.arrayBuffer(),
        () => undefined,
      ),
    );
  }

  #refund({ id, share }: Of<'refund'>): Promise<void> {
    const { amount } = this.#world.plan;
    const part = share === null ? null : toDecimal(Math.max(1, Math.round(amount * share)), this.currency);
    const asking = {
      refundId: id,
      reason: 'returned',
      ...(part !== null && { amount: { value: part, currency: this.currency } }),
    };
    return this.#asked('refund', this.#ask('POST', '/refunds', asking), id);
  }

  #resolve(decision: Decision): Promise<void> {
    return this.#operate(decisions[decision], () =>
      this.#operators.act(this.#world.orderId, 'resolve', { ...who, decision }),
    );
  }

  async #operate(kind: Act['kind'], act: () => Promise<{ readonly kind: string }>): Promise<void> {
    const before = { at: this.#world.now, status: this.#status };
    const done = act().then((answer) => {
      if (answer.kind === 'done') this.#did(kind, before);
    });
    await soon(done.catch(() => undefined));
  }

  #did(kind: Act['kind'], more: Partial<Act> = {}): void {
    this.#world.evidence.acts.push({ at: this.#world.now, status: this.#status, kind, ...more });
    this.#world.note('operator', kind);
  }

  async #asked(kind: Act['kind'], asking: Promise<Answer | null>, refundId?: string): Promise<void> {
    const { now: at, evidence } = this.#world;
    const status = this.#status;
    const done = asking.then((answer) => {
      if (answer) evidence.acts.push({ at, kind, status, ...(refundId !== undefined && { refundId }) });
    });
    await soon(done);
  }

  /** The order API's answer where it is 2xx; all of them are written down. */
  async #ask(method: string, path: string, body?: object): Promise<Answer | null> {
    for (let tries = 1; ; tries += 1) {
      const askedAt = this.#world.now;
      const { code, answer } = await this.#request(method, path, body);
      if (method !== 'GET')
        this.#world.note('person', `${method} ${path} ${JSON.stringify(body)} -> ${code}`);
      if (answer && code < 300) return this.#learn(answer, { asked: `${method} ${path}`, askedAt });
      if ((code > 0 && code < 500) || tries >= this.#tries) return this.#refused(method, code);
      await pause(1_000);
    }
  }

  /** HTTP status 0 where there is no answer. */
  async #request(
    method: string,
    path: string,
    body?: object,
  ): Promise<{ code: number; answer: Answer | null }> {
    const { ingressUrl, orderId } = this.#world;
    try {
      const response = await fetch(`${ingressUrl}/v1/payments/${orderId}${path}`, {
        method,
        headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
        signal: AbortSignal.timeout(15_000),
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      return { code: response.status, answer: (await response.json()) as Answer };
    } catch {
      return { code: 0, answer: null };
    }
  }

  #shows(status: string): void {
    const { evidence, now } = this.#world;
    if (evidence.statuses.at(-1)?.status === status) return;
    evidence.statuses.push({ at: now, status });
    this.#world.note('payment', `is ${status}`);
  }

  #refused(method: string, status: number): null {
    const { faults, answers } = this.#world.evidence;
    if (method === 'GET' && status === 404 && answers.length > 0) faults.push('is not there any more');
    if (status === 500) faults.push(`answers ${method} with 500`);
    return null;
  }

  #learn(answer: Answer, question: { readonly asked: string; readonly askedAt: number }): Answer {
    const { registered, answers } = this.#world.evidence;
    answers.push({ ...question, at: this.#world.now, answer });
    for (const { refundId, amount } of answer.refunds)
      if (!registered.some((it) => it.refundId === refundId))
        registered.push({ at: this.#world.now, refundId, amount: amount.value });
    if (question.asked.startsWith('GET')) this.#shows(answer.status);
    this.saw(answer.status);
    return answer;
  }
}
