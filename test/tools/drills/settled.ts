import { say } from './product.ts';
import { whatDoesNotReplay } from './stand-histories.ts';
import { comesTrue, type Stand } from './stand.ts';
import { inTurns } from '../../support/in-turns.ts';

const toldAs = ({ outcomes }: Stand, orderId: string): string[] => [
  ...new Set(outcomes.of(orderId).map(({ id, type }) => `${type} ${id}`)),
];

const isToldOnce = (stand: Stand, orderId: string): boolean => {
  const told = toldAs(stand, orderId);
  return told.length === 1 && told[0]?.startsWith('payment.paid ') === true;
};

/**
 * Gives paid orders some time to settle, and says of those that do not what is wrong: each must replay, stand as
 * `paid`, and have been told under exactly one id.
 */
export async function whatIsWrong(
  stand: Stand,
  orders: readonly string[],
  seconds: number,
): Promise<string[]> {
  const open = new Set(orders);
  await comesTrue(seconds, async () => {
    await inTurns([...open], 8, async (orderId) => {
      if (!isToldOnce(stand, orderId)) return;
      const { code, status } = await stand.orders.get(orderId);
      if (code === 200 && status === 'paid') open.delete(orderId);
    });
    return open.size === 0;
  });
  const unreplayable = await whatDoesNotReplay(stand, orders);
  const [findings, counts] = [[] as string[], { replay: 0, paid: 0, told: 0 }];
  for (const orderId of orders) {
    const { code, status } = await stand.orders.get(orderId);
    const told = toldAs(stand, orderId);
    const failure = unreplayable.get(orderId);
    const [isPaid, isTold] = [code === 200 && status === 'paid', isToldOnce(stand, orderId)];
    if (failure === undefined) counts.replay += 1;
    if (isPaid) counts.paid += 1;
    if (isTold) counts.told += 1;
    const faults = [
      ...(failure === undefined ? [] : [`its history does not replay (${failure})`]),
      ...(isPaid ? [] : [`GET answers ${code} ${status}`]),
      ...(isTold
        ? []
        : [told.length === 0 ? 'its outcome was never told' : `it was told ${told.join(', ')}`]),
    ];
    if (faults.length > 0) findings.push(`${orderId}: ${faults.join('; ')}`);
  }
  const { replay, paid, told } = counts;
  say(
    `of ${orders.length} payments ${replay} replay, ${paid} answer GET with 200 paid, ${told} were told once as paid`,
  );
  return findings;
}
