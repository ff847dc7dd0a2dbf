import { Client } from '@temporalio/client';
import type { Payload } from '@temporalio/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRig, type Rig } from '../support/rig.ts';
import { card } from './cases/play.ts';

const action = { by: 'mallory', why: 'because I can' };

describe('who reaches Temporal without PAYLOAD_KEYS', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await startRig();
  });
  afterAll(() => rig.close());

  /** A client that sends what `encode` makes of a message. */
  const clientWith = (encode: (payloads: Payload[]) => Payload[]): Client => {
    const { connection, options } = rig.temporal;
    const codec = {
      encode: (payloads: Payload[]) => Promise.resolve(encode(payloads)),
      decode: (payloads: Payload[]) => Promise.resolve(payloads),
    };
    return new Client({
      connection,
      namespace: options.namespace,
      dataConverter: { payloadCodecs: [codec] },
    });
  };
  const begun = async (): Promise<string> => {
    const orderId = rig.newOrder();
    expect((await rig.put(orderId, card)).status).toBe(201);
    return orderId;
  };
  const updatesOf = async (orderId: string) =>
    ((await rig.handle(orderId).fetchHistory()).events ?? []).flatMap(
      ({ workflowExecutionUpdateAcceptedEventAttributes: accepted }) =>
        accepted?.acceptedRequest?.input?.args?.payloads?.[0] ?? [],
    );

  it('moves no payment in clear', async () => {
    const orderId = await begun();
    const handle = clientWith((payloads) => payloads).workflow.getHandle(`payment-${orderId}`);
    const before = await updatesOf(orderId);
    await expect(handle.executeUpdate('reconcile-now', { args: [action] })).rejects.toThrow();
    expect(await updatesOf(orderId)).toHaveLength(before.length);
  });

  it('moves no payment with what was encrypted for another', async () => {
    const [orderId, other] = [await begun(), await begun()];
    await rig.handle(orderId).executeUpdate('reconcile-now', { args: [{ ...action, by: 'ann' }] });
    const stolen = (await updatesOf(orderId)).at(-1);
    expect(stolen).toBeDefined();
    const thief = clientWith(() => (stolen ? [stolen] : []));
    const before = await updatesOf(other);
    await expect(
      thief.workflow.getHandle(`payment-${other}`).executeUpdate('reconcile-now', { args: [action] }),
    ).rejects.toThrow();
    expect(await updatesOf(other)).toHaveLength(before.length);
    // Where it belongs it is taken; the answer is not for the thief to read.
    const again = thief.workflow.getHandle(`payment-${orderId}`);
    await expect(again.executeUpdate('reconcile-now', { args: [action] })).rejects.toThrow(
      'Unknown encoding',
    );
    expect(await updatesOf(orderId)).toHaveLength(2 + before.length);
  });
});
