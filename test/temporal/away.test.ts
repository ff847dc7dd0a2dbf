import { expect, inject, it } from 'vitest';
import { disconnect, isReachable } from '../../src/temporal/connection.ts';
import { surveyPayments } from '../../src/operators/survey.ts';
import { startGate } from '../support/gate.ts';
import { plainClient } from '../support/plain-client.ts';

// The SDK repeats a call by a timer, and throws out of it, past every caller, where the connection is closed by then.
it('calls to a Temporal that is away are over before their connection is closed', async () => {
  const gate = await startGate(Number(inject('temporalAddress').split(':').at(-1)));
  const client = plainClient(gate.address);
  expect(await isReachable(client)).toBe(true);
  gate.shut();
  const asked = Promise.allSettled([
    isReachable(client),
    client.withDeadline(Date.now() + 2_000, () => surveyPayments(client, 'none')),
  ]);
  await disconnect(client);
  expect(await asked).toMatchObject([{ value: false }, { status: 'rejected' }]);
  gate.close();
}, 30_000);
