const longestRetryMs = 60 * 60 * 1000;

/** `Retry-After` in both its forms (RFC 9110, 10.2.3), bounded; null where it makes no sense. */
export function retryAfterMs(header: string | string[] | undefined, now: number): number | null {
  if (typeof header !== 'string') return null;
  const text = header.trim();
  const ms = /^[0-9]+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return ms >= 0 ? Math.min(ms, longestRetryMs) : null;
}
