import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** How long a browser may read on after its login. */
export const sessionSeconds = 4 * 60 * 60;

/** Whether a cookie's value is a session of this token, epoch milliseconds. */
export interface SessionKey {
  issue(now: number): string;
  isValid(value: string, now: number): boolean;
}

/**
 * A session is its own end and the proof that a token's holder was given it: nothing is stored, every codec process
 * knows it, and it ends with its token. The proof's key is derived, so that neither can stand in for the other.
 */
export function sessionKeyOf(token: string): SessionKey {
  const key = Buffer.from(hkdfSync('sha256', token, '', 'codec session', 32));
  const signed = (end: string): string =>
    `${end}.${createHmac('sha256', key).update(end).digest('base64url')}`;
  return {
    issue: (now) => signed(String(Math.floor(now / 1000) + sessionSeconds)),
    isValid(value, now) {
      const [end = ''] = value.split('.');
      const [given, expected] = [Buffer.from(value), Buffer.from(signed(end))];
      return given.length === expected.length && timingSafeEqual(given, expected) && Number(end) * 1000 > now;
    },
  };
}
