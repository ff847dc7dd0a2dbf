import type { Money } from '../money.ts';
import type { Locale } from './terms.ts';

export type LocalizedText = Readonly<Partial<Record<Locale, string>>>;

/** One input that a service asks of the customer (Payment pre-request, `fields`). */
export interface ServiceField {
  readonly key: string;
  readonly type: string;
  readonly label: LocalizedText;
  readonly hint: LocalizedText | null;
  readonly regexp: string | null;
  readonly required: boolean;
  readonly position: number;
}

export interface Service {
  readonly code: string;
  readonly currency: string;
  readonly flow: string;
  readonly method: { readonly code: string; readonly name: LocalizedText; readonly logo: string | null };
  readonly fields: readonly ServiceField[];
  /** Limits in the service's own currency; they bind an order only where it is the order's currency too. */
  readonly amountMin: Money | null;
  readonly amountMax: Money | null;
}

export interface Choice {
  readonly service: string;
  readonly serviceFields: Readonly<Record<string, string>>;
}
