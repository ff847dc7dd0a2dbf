import {
  WithStartWorkflowOperation,
  type Client,
  type WorkflowHandle,
  type WorkflowUpdateHandle,
} from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import { attemptMadeBy, type ChoiceAsking } from '../domain/payment/choice.ts';
import { aftermathIdFor, workflowIdFor, type OrderId } from '../domain/identity.ts';
import type { PaymentRecord } from '../domain/payment/record.ts';
import { statusOf } from '../domain/payment/status.ts';
import { refusalOfRefund, type RefundAsking } from '../domain/payment/refunding.ts';
import { refusalTypes } from '../domain/payment/refusal.ts';
import type { PaymentView } from '../domain/payment/view.ts';
import * as messages from '../../workflows/messages.ts';
import { within } from '../temporal/deadline.ts';
import { isDeadline, refusalOf } from '../temporal/errors.ts';
import { refused, type PaymentAnswer } from './payment-answer.ts';
import type { AftermathWorkflow, PaymentReader, PaymentWorkflow } from './payment-reader.ts';
import { aftermathOptions } from './start-options.ts';

const waitsMs = { call: 8_000, read: 2_500 };
const waitForStage = 'ACCEPTED';

interface Known {
  readonly owner: string;
  readonly orderId: OrderId;
}

/** `over`: no run takes messages any more. */
type Updated = PaymentAnswer | { readonly kind: 'over'; readonly payment: PaymentView };

const refusedAsOver = ({ status }: PaymentView): PaymentAnswer =>
  refused(refusalTypes.over, `the payment is ${status}: it is over`);

/**
 * What an order service asks of a payment. What was taken once is answered again as the payment stands, whether or
 * not its run has ended meanwhile; what no run has taken is not answered at all (`isUnavailable`).
 */
export class PaymentUpdates {
  readonly #client: Client;
  readonly #taskQueue: string;
  readonly #reader: PaymentReader;
  readonly #underway = new Map<string, Promise<PaymentAnswer>>();

  constructor(client: Client, taskQueue: string, reader: PaymentReader) {
    this.#client = client;
    this.#taskQueue = taskQueue;
    this.#reader = reader;
  }

  choose(known: Known, asking: ChoiceAsking): Promise<PaymentAnswer> {
    return this.#once(['choose', known, asking], () => this.#choose(known, asking));
  }

  cancel(known: Known, reason: string): Promise<PaymentAnswer> {
    return this.#once(['cancel', known, reason], () => this.#cancel(known, reason));
  }

  refund(known: Known, asking: RefundAsking): Promise<PaymentAnswer> {
    return this.#once(['refund', known, asking], () => this.#refund(known, asking));
  }

  /** Equal requests at once share an update: a run takes ten at a time, and more keep each other from being taken. */
  #once(request: readonly unknown[], ask: () => Promise<PaymentAnswer>): Promise<PaymentAnswer> {
    const key = JSON.stringify(request);
    const underway = this.#underway.get(key);
    if (underway) return underway;
    const asked = ask().finally(() => this.#underway.delete(key));
    this.#underway.set(key, asked);
    return asked;
  }

  async #choose(known: Known, asking: ChoiceAsking): Promise<PaymentAnswer> {
    const args: [{ owner: string } & ChoiceAsking] = [{ owner: known.owner, ...asking }];
    const answer = await this.#update(known, (handle) =>
      handle.startUpdate(messages.chooseMethod, { args, waitForStage }),
    );
    if (answer.kind !== 'over') return answer;
    const ended = await this.#ended(known);
    const made = ended && attemptMadeBy(ended, asking);
    if (!made) return refusedAsOver(answer.payment);
    if (made.creation.step !== 'refused') return { kind: 'found', payment: answer.payment };
    const [type, detail] = [refusalTypes.input, 'the platform refused the choice'];
    return { kind: 'refused', refusal: { type, detail, errors: made.creation.messages } };
  }

  async #cancel(known: Known, reason: string): Promise<PaymentAnswer> {
    const args: [{ owner: string; reason: string }] = [{ owner: known.owner, reason }];
    const answer = await this.#update(known, (handle) =>
      handle.startUpdate(messages.cancelPayment, { args, waitForStage }),
    );
    if (answer.kind !== 'over') return answer;
    const wasCanceled = ((await this.#ended(known))?.cancelReason ?? null) !== null;
    return wasCanceled ? { kind: 'found', payment: answer.payment } : refusedAsOver(answer.payment);
  }

  /** Gives money back, wholly or in part; the same `refundId` again answers as before. */
  async #refund(known: Known, asking: RefundAsking): Promise<PaymentAnswer> {
    const { owner, orderId } = known;
    const args: [{ owner: string; asking: RefundAsking }] = [{ owner, asking }];
    for (const id of [workflowIdFor(orderId), aftermathIdFor(orderId)]) {
      const handle = this.#client.workflow.getHandle(id);
      const answer = await this.#update(known, () =>
        handle.startUpdate(messages.refund, { args, waitForStage }),
      );
      if (answer.kind !== 'over') return answer;
    }
    const ended = await this.#within(waitsMs.read, () => this.#reader.ended(orderId));
    if (ended === 'running') return this.#refund(known, asking);
    if (!ended || ended.input.owner !== owner) return { kind: 'absent' };
    // Refused here, nothing is started for it.
    const refusal = refusalOfRefund(ended, statusOf(ended), asking);
    if (refusal) return { kind: 'refused', refusal };
    const startWorkflowOperation = new WithStartWorkflowOperation<AftermathWorkflow>(
      messages.aftermathWorkflow,
      {
        ...aftermathOptions(this.#taskQueue, ended),
        workflowIdConflictPolicy: 'USE_EXISTING',
      },
    );
    const answer = await this.#update(known, () =>
      this.#client.workflow.startUpdateWithStart(messages.refund, {
        args,
        waitForStage,
        startWorkflowOperation,
      }),
    );
    return answer.kind === 'over' ? refusedAsOver(answer.payment) : answer;
  }

  /** The payment as its own run left it. */
  async #ended({ orderId }: Known) {
    return this.#within(waitsMs.read, () => this.#reader.end(orderId));
  }

  async #update(
    { owner, orderId }: Known,
    send: (handle: WorkflowHandle<PaymentWorkflow>) => Promise<WorkflowUpdateHandle<PaymentRecord>>,
  ): Promise<Updated> {
    const stage = { accepted: false };
    try {
      const { payment } = await this.#within(waitsMs.call, async () => {
        const update = await send(this.#reader.handle(orderId));
        stage.accepted = true;
        return update.result();
      });
      return { kind: 'found', payment };
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal?.type === refusalTypes.owner) return { kind: 'absent' };
      return refusal ? { kind: 'refused', refusal } : this.#unanswered({ owner, orderId }, error, stage);
    }
  }

  async #unanswered(
    { owner, orderId }: Known,
    error: unknown,
    { accepted }: { readonly accepted: boolean },
  ): Promise<Updated> {
    const late = isDeadline(error);
    if (!late && !(error instanceof WorkflowNotFoundError)) throw error;
    const record = await this.#reader.known(orderId);
    // No validator has asked whose payment it is.
    if (record?.owner !== owner) return { kind: 'absent' };
    // Until a worker has taken it, Temporal keeps an update in memory alone.
    if (late && !accepted) throw error;
    return { kind: late ? 'found' : 'over', payment: record.payment };
  }

  #within<Result>(ms: number, call: () => Promise<Result>): Promise<Result> {
    return within(ms, this.#client.withDeadline(Date.now() + ms, call));
  }
}
