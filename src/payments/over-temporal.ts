import type { Client } from '@temporalio/client';
import { Archive, type ArchiveSource } from './archive.ts';
import { CallbackInbox } from './callback-inbox.ts';
import { OutcomeLog } from './outcome-log.ts';
import { PaymentFeed } from './payment-feed.ts';
import { PaymentFinder } from './payment-finder.ts';
import { PaymentSearch } from './payment-search.ts';
import { PaymentReader } from './payment-reader.ts';
import { PaymentStarter } from './payment-starter.ts';
import { PaymentUpdates } from './payment-updates.ts';
import { Returns } from './returns.ts';

/** How long the platform waits for a callback to be durable. */
const callbackMs = 7_000;

/** All that acts on payments over one connection. What it does throws only where Temporal is out of reach. */
export function paymentsOver(client: Client, taskQueue: string, source: ArchiveSource) {
  const reader = new PaymentReader(client);
  const archive = new Archive(client, taskQueue, source);
  const feed = new PaymentFeed(client, reader);
  const finder = new PaymentFinder({ reader, archive, feed });
  return {
    finder,
    starter: new PaymentStarter(client, taskQueue, { reader, archive }),
    updates: new PaymentUpdates(client, taskQueue, { reader, archive }),
    list: new PaymentSearch(client, taskQueue),
    outcomes: new OutcomeLog(client, taskQueue, finder),
    callbacks: new CallbackInbox(client, taskQueue, {
      ...{ reader, archive },
      others: () => source.accountIds().slice(1),
      waitMs: callbackMs,
    }),
    returns: new Returns(client, { reader, archive, feed }),
    feed,
  };
}

export type PaymentsOver = ReturnType<typeof paymentsOver>;
