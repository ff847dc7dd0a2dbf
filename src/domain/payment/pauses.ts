/** Doubling pauses; `spread` (0 to 1) makes each up to a fifth longer, so that many payments do not come at once. */
export const growing =
  (firstMs: number, maxMs: number) =>
  (tries: number, spread = 0): number =>
    Math.min(Math.round(firstMs * 2 ** tries * (1 + spread / 5)), maxMs);

/** Pause before the nth (from 0) look-up after a create whose result is unknown (docs/contract.md §7). */
export const pauseAfterUnknown = growing(1_000, 60_000);
/** Pause before the nth (from 0) repetition of a refund whose result is unknown: money that waits for days cannot hurry. */
export const pauseOfRefund = growing(1_000, 600_000);
/** Pause before the nth (from 0) try while the platform rejects our credentials (docs/contract.md §7). */
export const pauseAfterRejection = growing(10_000, 600_000);
/** Pause before the platform is asked again after the nth (from 1) answer older than a callback (docs/contract.md §7). */
export const pauseAfterOlder = (answers: number): number => growing(1_000, 60_000)(answers - 1);
/** How long visits are gathered after so many polls in a row that told nothing new: 1 s, doubling to 1 min. */
export const pauseBetweenVisits = (uneventful: number): number =>
  growing(1_000, 60_000)(Math.max(0, uneventful - 1));
/** From 0 to 1, the same for an order at every replay, and far apart for orders in a row (FNV-1a). */
export function spreadOf(orderId: string): number {
  let hash = 0x811c9dc5;
  for (const character of orderId) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0) / 2 ** 32;
}
