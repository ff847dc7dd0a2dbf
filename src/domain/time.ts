export const secondMs = 1_000;
export const hourMs = 60 * 60 * 1_000;
export const dayMs = 24 * hourMs;
/** How far the platform's clock may be from ours. */
export const clockMarginMs = 5 * 60_000;

/** RFC 3339 of epoch milliseconds, whole seconds. */
export function toIso(epochMs: number): string {
  // A pure conversion of a given instant: the only use of Date that is the same at every replay.
  // eslint-disable-next-line no-restricted-globals
  return `${new Date(epochMs).toISOString().slice(0, 19)}Z`;
}
