import type { Invoice, InvoiceSnapshot, Redirect, RefundProgress } from '../invoice/invoice.ts';
import type { PlatformFailure } from '../invoice/platform-failure.ts';
import type { OperatorNote } from './operator-note.ts';
import type { Told } from './outcome.ts';
import type { Judgment } from './payment.ts';
import type { Source } from './statuses.ts';
import type { Refund } from './refund.ts';
import type { Choice, Service } from './service.ts';
import type { NewWakeUp } from './wake-ups.ts';

/** When a fact was true, by the clock of whoever saw it: epoch milliseconds. */
interface At {
  readonly at: number;
}

/** What the platform answered to a question about an invoice. `absent`: that it knows none. */
export type PollAnswer =
  | { readonly kind: 'seen'; readonly snapshot: InvoiceSnapshot }
  | { readonly kind: 'absent' }
  | { readonly kind: 'failed'; readonly failure: PlatformFailure };

/** Everything that can become known of a payment. */
export type PaymentEvent =
  | (At & { readonly kind: 'time_passed' })
  | (At & { readonly kind: 'services_offered'; readonly services: readonly Service[] })
  | (At & { readonly kind: 'offering_failed'; readonly failure: PlatformFailure })
  | { readonly kind: 'method_chosen'; readonly choice: Choice }
  | (At & {
      readonly kind: 'invoice_created';
      readonly attempt: number;
      readonly invoice: Invoice;
      /** Epoch milliseconds. */
      readonly expiresAt: number;
    })
  | (At & {
      readonly kind: 'form_handed_out';
      readonly attempt: number;
      readonly redirect: Redirect;
      readonly expiresAt: number;
    })
  | { readonly kind: 'creation_begun'; readonly attempt: number }
  | (At & { readonly kind: 'creation_failed'; readonly attempt: number; readonly failure: PlatformFailure })
  /** By reference, after a create whose result is unknown. */
  | (At & {
      readonly kind: 'looked_up';
      readonly attempt: number;
      readonly askedAt: number;
      readonly invoice: Invoice | null;
    })
  | (At & { readonly kind: 'look_up_failed'; readonly attempt: number; readonly failure: PlatformFailure })
  | (At & {
      readonly kind: 'polled';
      readonly attempt: number;
      /** When the question began; `at` is when it was answered. */
      readonly askedAt: number;
      readonly answer: PollAnswer;
      readonly source: Source;
    })
  | { readonly kind: 'woken'; readonly attempt: number; readonly wakeUp: NewWakeUp }
  | { readonly kind: 'cancel_requested'; readonly reason: string }
  | { readonly kind: 'resolved'; readonly judgment: Judgment }
  /** `from`: when it was asked for, where that is known to be later than all else. */
  | { readonly kind: 'watch_extended'; readonly hours: number; readonly from: number }
  | { readonly kind: 'refund_registered'; readonly refund: Refund }
  | (At & {
      readonly kind: 'refund_accepted';
      readonly refundId: string;
      /** It was made by this call (2xx); else it existed (409). */
      readonly isNew: boolean;
      /** Null where the platform did not say. */
      readonly progress: RefundProgress | null;
    })
  | (At & {
      readonly kind: 'refund_unanswered';
      readonly refundId: string;
      readonly failure: PlatformFailure;
    })
  | { readonly kind: 'refusals_acknowledged'; readonly refundIds: readonly string[] }
  | { readonly kind: 'outcome_decided'; readonly told: Told }
  | (At & { readonly kind: 'outcome_delivered'; readonly place: number })
  | (At & {
      readonly kind: 'delivery_failed';
      readonly place: number;
      readonly why: string;
      /** The order service wants no more of it (410). */
      readonly gone: boolean;
      /** URLs of the endpoints that have accepted it all the same. */
      readonly acceptedBy: readonly string[];
    })
  | { readonly kind: 'redelivery_asked' }
  /** Its order service takes outcomes again, or may. */
  | { readonly kind: 'delivery_due' }
  | { readonly kind: 'noted'; readonly note: OperatorNote };
