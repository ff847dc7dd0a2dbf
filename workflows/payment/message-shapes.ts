import type { ChoiceAsking } from '../../src/domain/payment/choice.ts';
import type { RefundAsking } from '../../src/domain/payment/refundable.ts';
import { dayMs } from '../../src/domain/time.ts';
import type { CallbackHint, CustomerReturn } from '../messages.ts';

/** Messages may be typed by hand into the Temporal UI: whatever they are, none may stop a payment. */
type Loose = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isNamed = (value: unknown): value is Loose & { owner: string } =>
  isObject(value) && typeof value['owner'] === 'string';

/** An operator's message may name any time, or none; the clock, which counts then, lags by two days at most. */
export const soundTime = (clock: number, at: unknown): number =>
  isWhole(at) && at > clock && at < clock + 2 * dayMs ? at : clock;

const isWhole = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value);
/** What is kept goes into every later run, which Temporal refuses where that is larger than 2 MB. */
const longest = { text: 1_024, fields: 50, epochMs: 8.64e15 };
export const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= longest.text;
/** One that a date can show. */
const isInstant = (value: unknown): value is number =>
  isWhole(value) && value >= 0 && value <= longest.epochMs;
const orNone =
  (is: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    value === null || value === undefined || is(value);
const isTextOrNone = orNone(isText);
const isWholeOrNone = orNone(isWhole);
const isInstantOrNone = orNone(isInstant);

export function isChoice(value: unknown): value is ChoiceAsking {
  if (!isObject(value) || !isObject(value['choice'])) return false;
  const { service, serviceFields } = value['choice'];
  const fields = isObject(serviceFields) ? Object.values(serviceFields) : [0];
  return (
    isText(service) &&
    fields.length <= longest.fields &&
    fields.every(isText) &&
    isWholeOrNone(value['attempt'])
  );
}

export function isRefundAsking(value: unknown): value is RefundAsking {
  if (!isObject(value)) return false;
  const { refundId, amount, reason } = value;
  const isMoney =
    amount === undefined ||
    (isObject(amount) && isWhole(amount['minor']) && typeof amount['currency'] === 'string');
  return typeof refundId === 'string' && /^[A-Za-z0-9_-]{1,64}$/.test(refundId) && isMoney && isText(reason);
}

export function isHint(value: unknown): value is CallbackHint {
  if (!isObject(value)) return false;
  const { attempt, status, updated, receivedAt, source, day } = value;
  const isNumber = isWhole(attempt) && attempt >= 1 && attempt <= 9_999;
  const isWorded = isTextOrNone(status) && isTextOrNone(day) && (source === undefined || source === 'sweep');
  return isNumber && isWorded && isWholeOrNone(updated) && isInstantOrNone(receivedAt);
}

export const isReturn = (value: unknown): value is CustomerReturn =>
  isObject(value) && isInstant(value['at']);
