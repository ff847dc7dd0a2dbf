/** So many at once: an order service that comes back must not be flooded. */
const atOnce = 4;

/** Sends each; a source that is read while the first are under way. */
export async function redeliverSince(
  orderIds: AsyncIterator<string>,
  send: (orderId: string) => Promise<void>,
): Promise<void> {
  const work = async (): Promise<void> => {
    for (let next = await orderIds.next(); next.done !== true; next = await orderIds.next())
      await send(next.value);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}
