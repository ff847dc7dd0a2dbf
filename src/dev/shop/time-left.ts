import type { Payment } from 'paytone-payments-http';
import { shopWords, type ShopLocale } from './words.ts';

const minuteMs = 60_000;

/** How long the customer has to pay, to the minute; empty where nothing is to be paid, or nothing any more. */
export function timeLeftText({ status, expiresAt }: Payment, locale: ShopLocale, now: number): string {
  const leftMs = Date.parse(expiresAt) - now;
  if ((status !== 'choosing' && status !== 'awaiting_payment') || leftMs <= 0) return '';
  const text = shopWords[locale];
  const minutes = Math.floor(leftMs / minuteMs);
  const parts = [
    inUnits(Math.floor(minutes / 60), 'hour', locale),
    inUnits(minutes % 60, 'minute', locale),
  ].filter((part) => part !== '');
  return `${text.timeLeft}: ${parts.join(' ') || text.lessThanMinute}`;
}

const inUnits = (count: number, unit: 'hour' | 'minute', locale: ShopLocale): string =>
  count === 0
    ? ''
    : new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
