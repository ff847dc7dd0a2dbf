import { toPaymentView } from '../domain/payment/to-payment-view.ts';
import type { PaymentView } from '../domain/payment/payment-view.ts';
import type { OrderKey } from './api-answer.ts';
import type { Archive } from './archive.ts';
import type { PaymentFeed } from './payment-feed.ts';
import type { PaymentReader } from './payment-reader.ts';
import { ReadThrottle } from './read-throttle.ts';
import { Slices } from './slices.ts';

/** `isForgotten`: by Temporal, or ended by an operator, so that nothing of it runs. */
interface FoundAttempts {
  readonly payment: PaymentView;
  readonly isForgotten: boolean;
}

interface FinderParts {
  readonly reader: PaymentReader;
  readonly archive: Archive;
  readonly feed: PaymentFeed;
}

/** An order service's payments, whether Temporal still has them or only the platform. */
export class PaymentFinder {
  readonly #parts: FinderParts;
  readonly #throttle = new ReadThrottle();
  readonly #slices = new Slices();

  constructor(parts: FinderParts) {
    this.#parts = parts;
  }

  /**
   * Null where the order has no payment of this order service.
   *
   * @throws ArchiveError where only the platform could tell.
   */
  async find(key: OrderKey): Promise<FoundAttempts | null> {
    const { reader, archive } = this.#parts;
    const record = await reader.known(key.orderId);
    if (record) return record.owner === key.owner ? { payment: record.payment, isForgotten: false } : null;
    const payment = await archive.paymentOf(key);
    return payment && { payment: toPaymentView(payment), isForgotten: true };
  }

  /** The same for any number of askers: those who ask for one payment again and again share a read a second. */
  async get(key: OrderKey): Promise<PaymentView | null> {
    await this.#throttle.take(key.orderId);
    const found = await this.find(key);
    await this.#slices.pass();
    return found && found.payment;
  }

  /** The payment now and after each change, until nothing of it runs any more. */
  async *follow(key: OrderKey, signal: AbortSignal): AsyncGenerator<PaymentView> {
    const found = await this.find(key);
    if (!found) return;
    if (found.isForgotten) {
      yield found.payment;
      return;
    }
    let last = '';
    for await (const { payment } of this.#parts.feed.follow(key.orderId, signal)) {
      const text = JSON.stringify(payment);
      if (text !== last) yield payment;
      last = text;
    }
  }
}
