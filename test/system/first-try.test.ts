import { afterAll, beforeAll, expect, it } from 'vitest';
import { startRig, type Rig } from '../support/rig.ts';

const card = { service: 'payment_card_usd_hpp' };
/** The first pause of a read's retry policy, seconds. */
const pause = 1;
let rig: Rig;

beforeAll(async () => void (rig = await startRig({ LOCAL_ACTIVITIES: 'looks' })));
afterAll(() => rig.close());

it('a look whose first, local try fails goes on as the regular activity after the pause of its policy', async () => {
  const orderId = rig.newOrder();
  const { body } = await rig.put(orderId, card);
  const match = { operation: 'invoice.get.private', referenceId: orderId };
  await rig.sandbox.fault({ match, fault: { type: 'status', status: 500 } });

  await rig.sandbox.setStatus(body.invoiceId ?? '', 'processed');
  await rig.outcomes.arrival(orderId, 'payment.paid');

  const { events } = await rig.handle(orderId).fetchHistory();
  const steps = (events ?? []).flatMap((event) => {
    const { markerRecordedEventAttributes: local, activityTaskScheduledEventAttributes: regular } = event;
    const seconds = Number(event.timerStartedEventAttributes?.startToFireTimeout?.seconds ?? 0);
    if (local) return ['tried locally'];
    if (seconds === pause) return ['paused'];
    return regular?.activityType?.name === 'getInvoice' ? ['asked regularly'] : [];
  });
  expect(steps).toEqual(['tried locally', 'paused', 'asked regularly']);
  const looks = (await rig.sandbox.journal(orderId)).filter(({ operation }) => operation === match.operation);
  expect(looks.map(({ status }) => status)).toEqual([500, 200]);
});
