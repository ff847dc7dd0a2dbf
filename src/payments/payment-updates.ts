import {
  WithStartWorkflowOperation,
  type Client,
  type WorkflowHandle,
  type WorkflowUpdateHandle,
} from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import { attemptMadeBy, type ChoiceAsking } from '../domain/payment/choice.ts';
import { aftermathIdFor, workflowIdFor } from '../domain/identity.ts';
import { toPaymentView } from '../domain/payment/to-payment-view.ts';
import type { PaymentRecord } from '../domain/payment/payment-record.ts';
import { statusOf } from '../domain/payment/derive-status.ts';
import type { RefundAsking } from '../domain/payment/refundable.ts';
import { refusalOfRefund } from '../domain/payment/refusal-of-refund.ts';
import { refusalTypes } from '../domain/payment/refusal.ts';
import type { PaymentView } from '../domain/payment/payment-view.ts';
import * as messages from '../../workflows/messages.ts';
import { callWithin } from '../temporal/deadline.ts';
import { isDeadline, refusalOf } from '../temporal/errors.ts';
import { endedByOperator, refuse, refusedAs, toAnswer, type Answer, type OrderKey } from './api-answer.ts';
import type { Archive } from './archive.ts';
import { SingleFlight } from './single-flight.ts';
import { problemOfRefusal } from './problem.ts';
import type { AftermathWorkflow, PaymentReader, PaymentWorkflow } from './payment-reader.ts';
import { aftermathOptions } from './start-options.ts';

/** `reopening`: how long an order service waits for what Temporal has forgotten. */
const updateWaitsMs = { call: 8_000, read: 2_500, reopening: 6_000 };
const waitForStage = 'ACCEPTED';

/** Null where the order has no payment of this order service. */
type UpdateAnswer = Answer<PaymentView> | null;

/** Temporal has forgotten the payment, or an operator ended it: only the platform tells of it. */
interface Gone {
  readonly kind: 'gone';
}

/** `over`: no run takes messages any more. */
type Updated = UpdateAnswer | Gone | { readonly kind: 'over'; readonly payment: PaymentView };

const refusedAsOver = ({ status }: PaymentView): Answer<never> =>
  refusedAs(refusalTypes.over, `the payment is ${status}: it is over`);

const refusedAsGone = ({ status }: PaymentView): Answer<never> =>
  refusedAs(refusalTypes.state, `the payment is ${status}, and nothing changes it any more`);

/**
 * What an order service asks of a payment. What was taken once is answered again as the payment stands, whether or
 * not its run has ended meanwhile; what no run has taken is not answered at all (`isUnavailable`).
 */
export class PaymentUpdates {
  readonly #client: Client;
  readonly #taskQueue: string;
  readonly #reader: PaymentReader;
  readonly #archive: Archive;
  /** A run takes ten updates at a time, and more keep each other from being taken: equal ones are one. */
  readonly #equal = new SingleFlight<UpdateAnswer>();

  constructor(
    client: Client,
    taskQueue: string,
    { reader, archive }: { readonly reader: PaymentReader; readonly archive: Archive },
  ) {
    this.#client = client;
    this.#taskQueue = taskQueue;
    this.#reader = reader;
    this.#archive = archive;
  }

  choose(key: OrderKey, asking: ChoiceAsking): Promise<UpdateAnswer> {
    return this.#equal.join(JSON.stringify(['choose', key, asking]), () => this.#choose(key, asking));
  }

  cancel(key: OrderKey, reason: string): Promise<UpdateAnswer> {
    return this.#equal.join(JSON.stringify(['cancel', key, reason]), () => this.#cancel(key, reason));
  }

  refund(key: OrderKey, asking: RefundAsking): Promise<UpdateAnswer> {
    return this.#equal.join(JSON.stringify(['refund', key, asking]), () => this.#refund(key, asking));
  }

  async #choose(key: OrderKey, asking: ChoiceAsking): Promise<UpdateAnswer> {
    const args: [{ owner: string } & ChoiceAsking] = [{ owner: key.owner, ...asking }];
    const answer = await this.#update(key, (handle) =>
      handle.startUpdate(messages.chooseMethod, { args, waitForStage }),
    );
    if (answer?.kind === 'gone') return this.#chosen(key, asking);
    if (answer?.kind !== 'over') return answer;
    const ended = await this.#ended(key);
    const made = ended && attemptMadeBy(ended, asking);
    if (!made) return refusedAsOver(answer.payment);
    if (made.creation.step !== 'refused') return toAnswer(answer.payment);
    return refusedAs(refusalTypes.input, 'the platform refused the choice', made.creation.messages);
  }

  async #cancel(key: OrderKey, reason: string): Promise<UpdateAnswer> {
    const args: [{ owner: string; reason: string }] = [{ owner: key.owner, reason }];
    const answer = await this.#update(key, (handle) =>
      handle.startUpdate(messages.cancelPayment, { args, waitForStage }),
    );
    if (answer?.kind === 'gone') {
      const payment = await this.#archive.paymentOf(key);
      return payment && refusedAsGone(toPaymentView(payment));
    }
    if (answer?.kind !== 'over') return answer;
    const wasCanceled = ((await this.#ended(key))?.cancelReason ?? null) !== null;
    return wasCanceled ? toAnswer(answer.payment) : refusedAsOver(answer.payment);
  }

  /** Gives money back, wholly or in part, also of what Temporal has forgotten; the same `refundId` again answers as before. */
  async #refund(key: OrderKey, asking: RefundAsking): Promise<UpdateAnswer> {
    const answer = await this.#refundOnce(key, asking);
    if (answer?.kind !== 'gone') return answer;
    const isOurs = await this.#within(updateWaitsMs.reopening, () => this.#archive.reopen(key));
    if (!isOurs) return null;
    const again = await this.#refundOnce(key, asking);
    return again?.kind === 'gone' ? endedByOperator : again;
  }

  async #refundOnce(key: OrderKey, asking: RefundAsking): Promise<UpdateAnswer | Gone> {
    const { owner, orderId } = key;
    const args: [{ owner: string; asking: RefundAsking }] = [{ owner, asking }];
    for (const id of [workflowIdFor(orderId), aftermathIdFor(orderId)]) {
      const handle = this.#client.workflow.getHandle(id);
      const answer = await this.#update(key, () =>
        handle.startUpdate(messages.refund, { args, waitForStage }),
      );
      if (answer?.kind !== 'over') return answer;
    }
    const ended = await this.#within(updateWaitsMs.read, () => this.#reader.ended(orderId));
    if (ended === 'running') return this.#refundOnce(key, asking);
    if (!ended) return { kind: 'gone' };
    if (ended.input.owner !== owner) return null;
    // Refused here, nothing is started for it.
    const refusal = refusalOfRefund(ended, statusOf(ended), asking);
    if (refusal) return refuse(problemOfRefusal(refusal));
    const startWorkflowOperation = new WithStartWorkflowOperation<AftermathWorkflow>(
      messages.aftermathWorkflow,
      {
        ...aftermathOptions(this.#taskQueue, ended),
        workflowIdConflictPolicy: 'USE_EXISTING',
      },
    );
    const answer = await this.#update(key, () =>
      this.#client.workflow.startUpdateWithStart(messages.refund, {
        args,
        waitForStage,
        startWorkflowOperation,
      }),
    );
    return answer?.kind === 'over' ? refusedAsOver(answer.payment) : answer;
  }

  async #chosen(key: OrderKey, asking: ChoiceAsking): Promise<UpdateAnswer> {
    const payment = await this.#archive.paymentOf(key);
    if (!payment) return null;
    return attemptMadeBy(payment, asking)
      ? toAnswer(toPaymentView(payment))
      : refusedAsGone(toPaymentView(payment));
  }

  /** The payment as its own run left it. */
  async #ended({ orderId }: OrderKey) {
    return this.#within(updateWaitsMs.read, () => this.#reader.end(orderId));
  }

  async #update(
    { owner, orderId }: OrderKey,
    send: (handle: WorkflowHandle<PaymentWorkflow>) => Promise<WorkflowUpdateHandle<PaymentRecord>>,
  ): Promise<Updated> {
    const stage = { accepted: false };
    try {
      const { payment } = await this.#within(updateWaitsMs.call, async () => {
        const update = await send(this.#reader.handle(orderId));
        stage.accepted = true;
        return update.result();
      });
      return toAnswer(payment);
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal?.type === refusalTypes.owner) return null;
      return refusal ? refuse(problemOfRefusal(refusal)) : this.#unanswered({ owner, orderId }, error, stage);
    }
  }

  async #unanswered(
    { owner, orderId }: OrderKey,
    error: unknown,
    { accepted }: { readonly accepted: boolean },
  ): Promise<Updated> {
    const late = isDeadline(error);
    if (!late && !(error instanceof WorkflowNotFoundError)) throw error;
    const record = await this.#reader.known(orderId);
    if (!record) return { kind: 'gone' };
    // No validator has asked whose payment it is.
    if (record.owner !== owner) return null;
    // Until a worker has taken it, Temporal keeps an update in memory alone.
    if (late && !accepted) throw error;
    return late ? toAnswer(record.payment) : { kind: 'over', payment: record.payment };
  }

  #within<Result>(ms: number, call: () => Promise<Result>): Promise<Result> {
    return callWithin(this.#client, ms, call);
  }
}
