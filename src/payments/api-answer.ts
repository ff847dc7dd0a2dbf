import type { OrderId } from '../domain/identity.ts';
import { refusalTypes, type UpdateRefusal } from '../domain/payment/refusal.ts';
import type { PaymentView } from '../domain/payment/payment-view.ts';
import { problemOfRefusal, type Problem } from './problem.ts';

/** An order service's own order. */
export interface OrderKey {
  readonly owner: string;
  readonly orderId: OrderId;
}

/** What an order service is answered, whichever way it asked; `status` and problems are those of HTTP. */
export type Answer<Body> =
  | { readonly kind: 'ok'; readonly status: 200 | 201 | 202; readonly body: Body }
  | { readonly kind: 'problem'; readonly problem: Problem };

export const ok = <Body>(body: Body): Answer<Body> => ({ kind: 'ok', status: 200, body });

export const refuse = (problem: Problem): Answer<never> => ({ kind: 'problem', problem });

/** A payment as it stands; 202 while its redirect is still to come. */
export const toAnswer = (payment: PaymentView, status: 200 | 201 = 200): Answer<PaymentView> => ({
  kind: 'ok',
  status: payment.status === 'creating' ? 202 : status,
  body: payment,
});

/** Refused without having asked the payment itself. */
export const refusedAs = (
  type: UpdateRefusal['type'],
  detail: string,
  errors: UpdateRefusal['errors'] = [],
): Answer<never> => refuse(problemOfRefusal({ type, detail, errors }));

export const endedByOperator = refusedAs(refusalTypes.state, 'the payment was ended by an operator');
