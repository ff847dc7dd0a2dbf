import { env, exit, stdout } from 'node:process';
import { Client, Connection, WithStartWorkflowOperation } from '@temporalio/client';
import express from 'express';
import { callback, redirect, type bare } from './workflow.ts';

const client = new Client({
  connection: await Connection.connect({ address: env['TEMPORAL_ADDRESS'] ?? '' }),
});
const app = express().use(express.json());

app.put('/v1/payments/:orderId', async ({ params: { orderId } }, response) => {
  const startWorkflowOperation = new WithStartWorkflowOperation<typeof bare>('bare', {
    workflowId: `payment-${orderId}`,
    args: [orderId],
    taskQueue: 'bare',
    workflowIdConflictPolicy: 'USE_EXISTING',
  });
  const made = await client.workflow.executeUpdateWithStart(redirect, { startWorkflowOperation });
  response.status(201).json(made);
});

interface Callback {
  readonly data: { readonly attributes: { readonly reference_id: string; readonly status: string } };
}

app.post('/callbacks/paytone', async ({ body }, response) => {
  const { reference_id: orderId, status } = (body as Callback).data.attributes;
  await client.workflow.getHandle(`payment-${orderId}`).signal(callback, { status });
  response.json({});
});

app.listen(Number(env['PORT']), () => stdout.write('ingress is listening\n'));
process.on('SIGTERM', () => exit(0));
