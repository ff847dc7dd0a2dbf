// `npm run drill:restart`: the Temporal server ends under waiting payments and comes back; all of them settle.
import assert from 'node:assert/strict';
import { withTemporal } from '../postgres/with-temporal.ts';
import { named, say, startProduct, until } from './product.ts';

await withTemporal(async ({ temporal }) => {
  const product = await startProduct(temporal.address);
  try {
    await product.startWorker();
    await product.startIngress();
    const [during, later] = [named('during', 20), named('later', 40)];
    const orders = [...during, ...later];
    await product.start(orders);
    say(`${orders.length} payments wait`);
    await temporal.end('SIGTERM');
    await product.pay(during);
    await until('a callback is refused', async () =>
      (await product.sandbox.requests('callback')).some(({ status }) => status === 503),
    );
    say(`stopped Temporal; ${during.length} customers pay meanwhile, and callbacks are answered 503`);
    await temporal.startAgain();
    say('started Temporal again');
    await product.pay(later);
    for (const orderId of orders) await product.outcomes.arrival(orderId, 'payment.paid');
    const paid = await product.paid(orders);
    say(`${paid} of ${orders.length} are paid and told once`);
    assert.equal(paid, orders.length);
  } finally {
    await product.close();
  }
});
