import type { BlockList } from 'node:net';
import { raw, Router, type RequestHandler, type Response } from 'express';
import { isAmong } from '../http/address-list.ts';
import { orderOfReference, type AccountId } from '../domain/identity.ts';
import type { Logger } from '../observability/logger.ts';
import type { Metrics } from '../observability/metrics.ts';
import { parseCallback } from '../paytone/callback.ts';
import { verifyCallback } from '../paytone/signature.ts';
import type { CallbackInbox } from '../payments/callback-inbox.ts';
import { unavailable } from '../payments/problem.ts';
import { sendProblem, wrongMethod } from './send-problem.ts';

interface Signer {
  readonly accountId: AccountId;
  readonly callbackSecrets: readonly string[];
}

export interface CallbackParts {
  readonly callbacks: CallbackInbox;
  /** Any secret of any of them may have signed. */
  readonly accounts: () => readonly Signer[];
  /** `PAYTONE_CALLBACK_ADDRESSES`: where they may come from; null: anywhere. */
  readonly callbackAddresses: BlockList | null;
  readonly metrics: Metrics;
  readonly logger: Logger;
}

/**
 * Paytone's callbacks: authenticated over the raw bytes, then reduced to the little that may travel on. 200 says
 * that Temporal has it; anything else makes the platform try again (docs/contract.md §3).
 */
export function callbackRoute(parts: CallbackParts): Router {
  const router = Router({ caseSensitive: true });
  // Signed is what came, whatever it says of its encoding.
  const asItCame: RequestHandler = ({ headers }, _response, next) => {
    delete headers['content-encoding'];
    next();
  };
  router.post(
    '/',
    fromAllowed(parts),
    asItCame,
    raw({ type: () => true, limit: '256kb', inflate: false }),
    async (request, response) => {
      const body: unknown = request.body;
      await receive(
        parts,
        { body: Buffer.isBuffer(body) ? body : Buffer.alloc(0), signature: request.get('x-signature') },
        response,
      );
    },
  );
  router.all('/', wrongMethod('POST'));
  return router;
}

/** Refuses those from elsewhere before their body is read; a signature could be stolen, an address hardly. */
const fromAllowed =
  ({ callbackAddresses, metrics }: CallbackParts): RequestHandler =>
  ({ ip = '' }, response, next) => {
    if (callbackAddresses === null || isAmong(callbackAddresses, ip)) {
      next();
      return;
    }
    metrics.callbacks.inc({ result: 'elsewhere' });
    sendProblem(response, {
      kind: 'refused',
      status: 403,
      detail:
        'Callbacks are not taken from this address. It must be in PAYTONE_CALLBACK_ADDRESSES, and a proxy in between in TRUSTED_PROXIES.',
    });
  };

interface Received {
  readonly body: Buffer;
  readonly signature: string | undefined;
}

async function receive(
  parts: CallbackParts,
  { body, signature }: Received,
  response: Response,
): Promise<void> {
  const { callbacks, accounts, metrics, logger } = parts;
  const signer = signerOf(accounts(), { body, signature });
  if (signer === null) {
    metrics.callbacks.inc({ result: 'forged' });
    sendProblem(response, {
      kind: 'unauthorized',
      status: 401,
      detail: 'The X-Signature is missing or wrong.',
    });
    return;
  }
  const { account, secret } = signer;
  const callback = parseCallback(body);
  const order = callback && orderOfReference(callback.referenceId);
  if (!callback) {
    metrics.callbacks.inc({ result: 'unreadable', secret });
    sendProblem(response, {
      kind: 'malformed',
      status: 400,
      detail: 'The callback is signed, but names no invoice.',
    });
    return;
  }
  try {
    if (order) await callbacks.receive(order, callback, account);
    else await callbacks.receiveForeign(callback.referenceId, account);
  } catch (error) {
    metrics.callbacks.inc({ result: 'unavailable', secret });
    logger.warn(
      { orderId: order?.orderId, error: error instanceof Error ? error.name : 'unknown' },
      'callback not durable',
    );
    sendProblem(response, unavailable('Temporal'));
    return;
  }
  metrics.callbacks.inc({ result: 'durable', secret });
  response.json({});
}

/** Whose secret signed it, and the place of that secret among the account's; null where none did. */
function signerOf(
  accounts: readonly Signer[],
  { body, signature }: Received,
): { readonly account: AccountId; readonly secret: number } | null {
  const secrets = accounts.flatMap(({ accountId: account, callbackSecrets }) =>
    callbackSecrets.map((text, secret) => ({ account, secret, text })),
  );
  const texts = secrets.map(({ text }) => text);
  return secrets[verifyCallback(body, signature, texts) ?? -1] ?? null;
}
