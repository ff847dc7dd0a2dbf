/** What a test card does (docs/platform.md §10). */
export type CardOutcome =
  | { readonly kind: 'paid'; readonly threeDSecure: boolean }
  | { readonly kind: 'pending' }
  | { readonly kind: 'failed'; readonly resolution: string; readonly threeDSecure: boolean }
  | { readonly kind: 'unknown_card' };

const cards: Readonly<Record<string, { success: boolean; threeDSecure: boolean }>> = {
  '5123817234060000': { success: true, threeDSecure: true },
  '5519283812030000': { success: true, threeDSecure: false },
  '4412397212080000': { success: false, threeDSecure: true },
  '4302912837020000': { success: false, threeDSecure: false },
};

const resolutions: Readonly<Record<string, string>> = {
  '0529': 'insufficient_funds',
  '0428': 'card_expired',
  '0327': 'invalid_cvv',
  '0933': 'declined',
  '0642': 'antifraud_error',
  '0137': 'limit_violation',
  '1147': 'issuer_decline',
  '1034': 'lost_or_stolen_card',
  '0440': 'fatal_error',
  '0339': 'unable_to_reconcile',
};

export const testCards = Object.entries(cards).map(([number, card]) => ({ number, ...card }));

/** `number` and `expiry` as digits alone, the expiry as MMYY. */
export function outcomeOf(number: string, expiry: string): CardOutcome {
  const card = cards[number];
  if (!card) return { kind: 'unknown_card' };
  const { success, threeDSecure } = card;
  if (success) return expiry === '0777' ? { kind: 'pending' } : { kind: 'paid', threeDSecure };
  return { kind: 'failed', resolution: resolutions[expiry] ?? 'general_fatal_error', threeDSecure };
}
