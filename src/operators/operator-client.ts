import { WithStartWorkflowOperation, WorkflowUpdateFailedError, type Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import {
  aftermathIdFor,
  isInvoiceId,
  orderOfReference,
  orderOfWorkflow,
  toForeignReference,
  workflowIdFor,
  type OrderId,
} from '../domain/identity.ts';
import type { UnmatchedDecision } from '../domain/unmatched-money/unmatched-money.ts';
import type { UnmatchedMoneyView } from '../domain/unmatched-money/unmatched-view.ts';
import type { ActResult } from '../domain/payment/act-result.ts';
import { refusalOfOperatorRefund } from '../domain/payment/operator-refund.ts';
import {
  aftermathWorkflow,
  type ExtendAction,
  type OperatorAction,
  type RecoveryView,
  type RefundAction,
  type ResolveAction,
} from '../../workflows/messages.ts';
import { attributes } from '../../workflows/search-attributes.ts';
import { unknownReferenceIdFor } from '../payments/callback-inbox.ts';
import { PaymentSearch } from '../payments/payment-search.ts';
import { PaymentReader, type AftermathWorkflow } from '../payments/payment-reader.ts';
import { aftermathOptions } from '../payments/start-options.ts';
import { disconnect } from '../temporal/connection.ts';
import { callWithin } from '../temporal/deadline.ts';
import { isDeadline, refusalOf } from '../temporal/errors.ts';
import { ofTaskQueue, quoted } from '../temporal/visibility-rows.ts';
import { AttentionList } from './attention-list.ts';
import { servicesDown } from './services-down.ts';
import { readUnmatchedMoney } from './unmatched-money-reader.ts';
import { missingWorkers, type Target } from './reach.ts';
import { readStory, type PaymentStory } from './story-reader.ts';

export type OperatorAnswer =
  | ({ readonly kind: 'done' } & ActResult)
  | { readonly kind: 'refused'; readonly detail: string }
  | { readonly kind: 'absent' };

/** What stands behind an order, a reference, an invoice, or the id of a workflow. */
export type Found =
  | { readonly kind: 'payment'; readonly story: PaymentStory }
  | { readonly kind: 'unmatched'; readonly workflowId: string; readonly view: UnmatchedMoneyView };

/** The wire names, as operators type them in the Temporal UI, and what each takes. */
interface Actions {
  readonly resolve: ResolveAction | (OperatorAction & { readonly decision: UnmatchedDecision });
  readonly 'reconcile-now': OperatorAction;
  readonly acknowledge: OperatorAction;
  readonly 'redeliver-outcome': OperatorAction;
  readonly 'extend-watch': ExtendAction;
  readonly 'operator-refund': RefundAction;
  readonly 'operator-cancel': OperatorAction;
  readonly note: OperatorAction;
}

/** What may be said of a payment that is over, too: it is taken up again for that. */
const reopening: ReadonlySet<string> = new Set<keyof Actions>(['operator-refund', 'note']);

const isRefund = (action: OperatorAction): action is RefundAction => 'refundId' in action;

const isWorkflowId = (id: string): boolean => /^unknown-reference-[0-9a-f]{32}$/.test(id);

/** Longer than a look at a platform that is silent takes. */
const actMs = 75_000;

/** What operators do to payments, typed. Throws only where Temporal cannot be reached (see `isUnavailable`). */
export class OperatorClient {
  readonly attention: AttentionList;
  readonly payments: PaymentSearch;
  readonly target: Target;
  readonly #client: Client;

  constructor(client: Client, target: Target) {
    this.#client = client;
    this.target = target;
    this.attention = new AttentionList(client, target.taskQueue);
    this.payments = new PaymentSearch(client, target.taskQueue);
  }

  /** Why nobody would answer; null where a worker polls. @throws UnreachableError */
  missingWorkers(): Promise<string | null> {
    return missingWorkers(this.#client, this.target);
  }

  /** The order services that take no outcomes. @throws DeadlineError where no worker answers. */
  servicesDown(): Promise<RecoveryView[]> {
    return servicesDown(this.#client, this.target.taskQueue);
  }

  /** `id`: of an order, a reference, an invoice, or a workflow which `attention` lists. */
  async act<Name extends keyof Actions>(
    id: string,
    name: Name,
    action: Actions[Name],
  ): Promise<OperatorAnswer> {
    const places = await this.#places(id);
    for (const workflowId of places.workflowIds) {
      const answer = await this.#update(workflowId, name, action);
      if (answer) return answer;
    }
    const resumed =
      reopening.has(name) && places.orderId && (await this.#resume(places.orderId, name, action));
    if (resumed) return resumed;
    const found = await this.show(id);
    if (!found) return { kind: 'absent' };
    const isOver =
      found.kind === 'payment' ? `the payment is ${found.story.status}: it is over` : 'it is over';
    return { kind: 'refused', detail: isOver };
  }

  /** How it stands or ended, with what happened to it; null where there is nothing of the name. */
  async show(id: string): Promise<Found | null> {
    const { orderId, workflowIds } = await this.#places(id);
    const story = orderId && (await readStory(this.#client, orderId));
    if (story) return { kind: 'payment', story };
    for (const workflowId of workflowIds.filter((it) => orderOfWorkflow(it) === null)) {
      const view = await readUnmatchedMoney(this.#client, workflowId);
      if (view) return { kind: 'unmatched', workflowId, view };
    }
    return null;
  }

  async close(): Promise<void> {
    await disconnect(this.#client);
  }

  /** Where what has this name may be, the likeliest first. */
  async #places(id: string): Promise<{ orderId: OrderId | null; workflowIds: string[] }> {
    const named = isWorkflowId(id) ? id : await this.#ofInvoice(id);
    const orderId = named === null ? (orderOfReference(id)?.orderId ?? null) : orderOfWorkflow(named);
    const own = orderId === null ? [] : [workflowIdFor(orderId), aftermathIdFor(orderId)];
    return { orderId, workflowIds: [...own, named ?? unknownReferenceIdFor(toForeignReference(id))] };
  }

  async #ofInvoice(invoiceId: string): Promise<string | null> {
    if (!invoiceId.startsWith('cpi_') || !isInvoiceId(invoiceId)) return null;
    const query = `${ofTaskQueue(this.target.taskQueue)} AND ${attributes.invoiceId.name} = ${quoted(invoiceId)}`;
    for await (const { workflowId } of this.#client.workflow.list({ query, pageSize: 1 })) return workflowId;
    return null;
  }

  /** In the aftermath of a payment that is over; null where there is none. */
  async #resume(orderId: OrderId, name: string, action: OperatorAction): Promise<OperatorAnswer | null> {
    const ended = await new PaymentReader(this.#client).ended(orderId);
    if (ended === null || ended === 'running') return null;
    if (isRefund(action)) {
      const refusal = refusalOfOperatorRefund(ended, action);
      if (refusal) return { kind: 'refused', detail: refusal.detail };
    }
    const options = {
      ...aftermathOptions(this.target.taskQueue, ended),
      workflowIdConflictPolicy: 'USE_EXISTING',
    } as const;
    const startWorkflowOperation = new WithStartWorkflowOperation<AftermathWorkflow>(
      aftermathWorkflow,
      options,
    );
    return this.#ask(options.workflowId, name, () =>
      this.#client.workflow.executeUpdateWithStart<AftermathWorkflow, ActResult, [OperatorAction]>(name, {
        args: [{ at: Date.now(), ...action }],
        startWorkflowOperation,
      }),
    );
  }

  /** Null where that workflow does not run. */
  #update(workflowId: string, name: string, action: OperatorAction): Promise<OperatorAnswer | null> {
    const handle = this.#client.workflow.getHandle(workflowId);
    const args: [OperatorAction] = [{ at: Date.now(), ...action }];
    return this.#ask(workflowId, name, () =>
      handle.executeUpdate<ActResult, [OperatorAction]>(name, { args }),
    );
  }

  async #ask(
    workflowId: string,
    name: string,
    send: () => Promise<ActResult>,
  ): Promise<OperatorAnswer | null> {
    try {
      const { became, isFulfilled } = await callWithin(this.#client, actMs, send);
      return { kind: 'done', became, isFulfilled };
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return null;
      const refusal = refusalOf(error);
      if (refusal) return { kind: 'refused', detail: refusal.detail };
      if (error instanceof WorkflowUpdateFailedError)
        return { kind: 'refused', detail: `${workflowId} does not take "${name}"` };
      if (!isDeadline(error)) throw error;
      return { kind: 'refused', detail: 'no worker answered in time; it may happen all the same' };
    }
  }
}
