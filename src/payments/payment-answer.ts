import type { UpdateRefusal } from '../domain/payment/refusal.ts';
import type { PaymentView } from '../domain/payment/view.ts';

export type PaymentAnswer =
  | { readonly kind: 'started' | 'found' | 'creating'; readonly payment: PaymentView }
  | { readonly kind: 'refused'; readonly refusal: UpdateRefusal }
  | { readonly kind: 'absent' }
  /** Temporal does not know the order, and the platform does not say. */
  | { readonly kind: 'unanswered' };

/** Refused without having asked the payment itself. */
export const refused = (
  type: UpdateRefusal['type'],
  detail: string,
  fields: readonly string[] = [],
): PaymentAnswer => ({
  kind: 'refused',
  refusal: {
    type,
    detail,
    errors: fields.map((field) => ({ field, message: 'differs from the payment that is there' })),
  },
});
