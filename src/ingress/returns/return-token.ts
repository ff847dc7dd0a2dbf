import { createHmac, timingSafeEqual } from 'node:crypto';
import { isOrderId, type OrderId } from '../../domain/identity.ts';

/**
 * The customer's way back: `{orderId}.{until}.{mac}`, an HMAC-SHA256 over order and expiry. It names no customer,
 * cannot be guessed or changed, and needs no store. `secrets` rotate like those of the callbacks.
 */
export function signReturnToken(orderId: OrderId, until: number, secrets: readonly string[]): string {
  const claim = `${orderId}.${Math.floor(until / 1000).toString(36)}`;
  return `${claim}.${macOf(claim, secrets[0] ?? '').toString('base64url')}`;
}

/** The order of a genuine token that is still good, else null. */
export function verifyReturnToken(token: string, secrets: readonly string[], now: number): OrderId | null {
  const [orderId = '', until = '', mac = ''] = token.split('.');
  // As text: bytes have more than one spelling in base64.
  const given = Buffer.from(mac);
  const claim = `${orderId}.${until}`;
  const genuine = secrets.filter((secret) => {
    const expected = Buffer.from(macOf(claim, secret).toString('base64url'));
    return expected.length === given.length && timingSafeEqual(expected, given);
  });
  const good = genuine.length > 0 && token.split('.').length === 3 && Number.parseInt(until, 36) * 1000 > now;
  return good && isOrderId(orderId) ? orderId : null;
}

const macOf = (claim: string, secret: string): Buffer =>
  createHmac('sha256', `paytone-payments return token\n${secret}`).update(claim).digest();
