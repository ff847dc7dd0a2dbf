// `npm run drill:restore`: a base backup of PostgreSQL with payments in flight, more happens, the database is lost and
// the backup restored. What the backup held settles; what came after it is taken up again without a second invoice, or
// waits for an operator.
import assert from 'node:assert/strict';
import { withTemporal } from '../postgres/with-temporal.ts';
import { runCli } from '../../support/command-line.ts';
import { named, say, startProduct, until } from './product.ts';

type Product = Awaited<ReturnType<typeof startProduct>>;

const before = { waiting: named('waiting', 20), paidAfterwards: named('paid-afterwards', 10) };
const after = { askedAgain: named('asked-again', 10), forgotten: named('forgotten', 5) };
const old = [...before.waiting, ...before.paidAfterwards];
const lost = [...after.askedAgain, ...after.forgotten];

await withTemporal(async ({ database, temporal }) => {
  const product = await startProduct(temporal.address);
  try {
    let processes = [await product.startWorker(), await product.startIngress()];
    await product.start(old);
    await database.backup();
    say(`${old.length} payments wait; backup taken`);

    await product.pay(before.paidAfterwards);
    for (const orderId of before.paidAfterwards) await product.outcomes.arrival(orderId, 'payment.paid');
    await product.start(lost);
    say(`after it, ${before.paidAfterwards.length} of them are paid and told, and ${lost.length} more begin`);

    for (const process of processes) await product.end(process);
    await temporal.end('SIGKILL');
    await database.destroy();
    // Customers go on paying, whatever became of our database.
    await product.pay(lost);
    say(`database destroyed; the ${lost.length} are paid meanwhile`);

    await database.restore();
    await temporal.startAgain();
    processes = [await product.startWorker(), await product.startIngress()];
    say('restored');
    await settleOld(product);
    await takeUpLost(product);
  } finally {
    await product.close();
  }
});

async function settleOld(product: Product): Promise<void> {
  await product.pay(before.waiting);
  for (const orderId of before.waiting) await product.outcomes.arrival(orderId, 'payment.paid');
  const settled = await product.paid(before.waiting);
  say(`${settled} of ${before.waiting.length} that waited in the backup are paid and told once`);
  assert.equal(settled, before.waiting.length);

  const { paidAfterwards } = before;
  assert.equal(await product.paid(paidAfterwards, 2), paidAfterwards.length);
  const sameId = paidAfterwards.filter(
    (orderId) => new Set(product.outcomes.of(orderId).map(({ id }) => id)).size === 1,
  );
  say(
    `${paidAfterwards.length} paid after the backup are seen paid again by a poll and told again, ` +
      `${sameId.length} of them under the webhook-id that the order service knows`,
  );
}

async function takeUpLost(product: Product): Promise<void> {
  for (const orderId of lost) assert.equal(await product.statusOf(orderId), 404, orderId);
  for (const orderId of after.askedAgain)
    await until(`${orderId} is adopted`, async () => (await product.again(orderId)).status === 'paid');
  const invoices = await Promise.all(after.askedAgain.map((orderId) => product.sandbox.invoices(orderId)));
  const single = invoices.filter(({ length }) => length === 1).length;
  say(
    `${single} of ${after.askedAgain.length} that the order service asks for again are adopted, one invoice each`,
  );
  assert.equal(single, after.askedAgain.length);

  for (const orderId of after.forgotten) {
    const [invoice] = await product.sandbox.invoices(orderId);
    await product.sandbox.sendCallback(invoice?.id ?? '');
  }
  const listed = async (): Promise<string> =>
    (await runCli(product.environment, 'attention', '--reason', 'late-money')).out;
  await until('an operator sees the rest', async () => {
    const out = await listed();
    return after.forgotten.every((orderId) => out.includes(orderId));
  });
  say(`${after.forgotten.length} that nobody asks for again are before an operator as late-money`);
}
