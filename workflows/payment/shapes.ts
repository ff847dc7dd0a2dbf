import type { ChoiceAsking } from '../../src/domain/payment/choice.ts';
import type { RefundAsking } from '../../src/domain/payment/refunding.ts';
import type { CallbackHint, CustomerReturn } from '../messages.ts';

/** Messages may be typed by hand into the Temporal UI: whatever they are, none may stop a payment. */
type Loose = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isNamed = (value: unknown): value is Loose & { owner: string } =>
  isObject(value) && typeof value['owner'] === 'string';

const isWhole = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value);
const isTextOrNone = (value: unknown): boolean =>
  value === null || value === undefined || typeof value === 'string';
const isWholeOrNone = (value: unknown): boolean => value === null || value === undefined || isWhole(value);

export function isChoice(value: unknown): value is ChoiceAsking {
  if (!isObject(value) || !isObject(value['choice'])) return false;
  const { service, serviceFields } = value['choice'];
  const fields = isObject(serviceFields) ? Object.values(serviceFields) : [0];
  return (
    typeof service === 'string' &&
    fields.every((it) => typeof it === 'string') &&
    isWholeOrNone(value['attempt'])
  );
}

export function isRefundAsking(value: unknown): value is RefundAsking {
  if (!isObject(value)) return false;
  const { refundId, amount, reason } = value;
  const isMoney =
    amount === undefined ||
    (isObject(amount) && isWhole(amount['minor']) && typeof amount['currency'] === 'string');
  return (
    typeof refundId === 'string' &&
    /^[A-Za-z0-9_-]{1,64}$/.test(refundId) &&
    isMoney &&
    typeof reason === 'string'
  );
}

export function isHint(value: unknown): value is CallbackHint {
  if (!isObject(value)) return false;
  const { attempt, status, updated, receivedAt, source, day } = value;
  const isNumber = isWhole(attempt) && attempt >= 1 && attempt <= 9_999;
  const isWorded = isTextOrNone(status) && isTextOrNone(day) && (source === undefined || source === 'sweep');
  return isNumber && isWorded && isWholeOrNone(updated) && isWholeOrNone(receivedAt);
}

export const isReturn = (value: unknown): value is CustomerReturn => isObject(value) && isWhole(value['at']);
