import type { FieldMessage } from '../domain/invoice.ts';
import type { UpdateRefusal } from '../domain/update-refusal.ts';
import type { PaymentView } from '../domain/view.ts';

export type PaymentAnswer =
  | { readonly kind: 'started' | 'found' | 'creating'; readonly payment: PaymentView }
  | { readonly kind: 'refused'; readonly refusal: UpdateRefusal }
  | { readonly kind: 'absent' };

export const refused = (
  type: UpdateRefusal['type'],
  detail: string,
  errors: readonly FieldMessage[] = [],
): PaymentAnswer => ({ kind: 'refused', refusal: { type, detail, errors } });
