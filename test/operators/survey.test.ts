import { randomUUID } from 'node:crypto';
import { TypedSearchAttributes } from '@temporalio/common';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type { Client } from '@temporalio/client';
import { temporalConfig } from '../../src/config/config.ts';
import { connectLazily, disconnect } from '../../src/temporal/connection.ts';
import { surveyPayments } from '../../src/operators/survey.ts';
import { attributes } from '../../workflows/search-attributes.ts';

const day = 24 * 60 * 60;

let client: Client;
beforeAll(() => {
  client = connectLazily(temporalConfig({ TEMPORAL_ADDRESS: inject('temporalAddress') }));
});
afterAll(() => disconnect(client));

it.each([
  ['without a deadline', null, 5 * day],
  ['past its deadline', 4.5 * day, 5 * day],
  ['watched on by an operator', 6 * day, 0],
])('a payment of five days, %s, counts as %i s', async (_name, deadline, age) => {
  const taskQueue = `survey-${randomUUID()}`;
  const now = Date.now();
  await client.workflow.start('payment', {
    workflowId: taskQueue,
    taskQueue,
    typedSearchAttributes: new TypedSearchAttributes([
      { key: attributes.status, value: 'awaiting_payment' },
      ...(deadline === null ? [] : [{ key: attributes.expiresAt, value: new Date(now + deadline * 1000) }]),
    ]),
  });
  const listed = async () => (await client.workflow.count(`TaskQueue = '${taskQueue}'`)).count;
  await expect.poll(listed, { timeout: 15_000 }).toBe(1);
  const { oldestOpenSeconds } = await surveyPayments(client, taskQueue, now + 5 * day * 1000);
  expect(Math.abs(oldestOpenSeconds - age)).toBeLessThanOrEqual(0.06 * age);
  await client.workflow.getHandle(taskQueue).terminate();
});
