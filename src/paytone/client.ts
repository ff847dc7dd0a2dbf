import { createCaller, type CallerOptions, type PaytoneAccount } from './caller.ts';
import { creationCalls, reconciliationCalls, refundCalls } from './invoice-calls.ts';
import { listCalls } from './invoice-list.ts';
import { serviceCalls } from './service-calls.ts';

export type { PaytoneAccount } from './caller.ts';
export type PaytoneClient = ReturnType<typeof createPaytoneClient>;

/** Every endpoint that Paytone documents. Every call rejects with a PaytoneError, whose directive says what to
 * do; none is repeated here. */
export function createPaytoneClient(account: PaytoneAccount, options: CallerOptions = {}) {
  const caller = createCaller(account, options);
  return {
    ...serviceCalls(caller),
    ...creationCalls(caller),
    ...reconciliationCalls(caller),
    ...refundCalls(caller),
    ...listCalls(caller),
    close: () => caller.close(),
  };
}
