// One order paid by a service that talks to Temporal itself, with the settings of the ingress in its environment.
import { env } from 'node:process';
import { PaymentProblem, connectPayments } from 'paytone-payments/client';

const payments = connectPayments({ owner: 'shop', environment: env });
const orderId = env['ORDER_ID'] ?? `example-${Date.now()}`;

try {
  // Without a service the customer chooses among what is offered.
  const started = await payments.start(orderId, {
    amount: { value: '100.55', currency: 'USD' },
    customer: { referenceId: 'C7' },
    locale: 'uk',
  });
  const [service] = started.services;
  if (!service) throw new Error(`nothing to choose: ${started.status}`);
  console.log('The customer chose', service.method.name['uk']);

  const { redirect } = await payments.choose(orderId, { service: service.code, attempt: 1 });
  console.log('Send the customer to', redirect?.url);

  for await (const { status } of payments.follow(orderId)) console.log(`${orderId} is ${status}`);
} catch (error) {
  if (!(error instanceof PaymentProblem)) throw error;
  console.error(error.detail, error.errors);
} finally {
  await payments.close();
}
