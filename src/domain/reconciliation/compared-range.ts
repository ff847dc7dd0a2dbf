import { endOf, startOf } from './day.ts';

/** How far below the reported day late changes are looked for: refunds, chargebacks, late money. */
const lookBackSeconds = 35 * 24 * 60 * 60;

/** Unix seconds: invoices created from `from` until before `until` are compared. */
export const comparedRange = (day: string) => ({ from: startOf(day) - lookBackSeconds, until: endOf(day) });
