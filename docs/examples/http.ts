// One order paid, then partly refunded, over the order API. With `npm start` running: npx tsx docs/examples/http.ts
import { env } from 'node:process';
import { PaymentProblem, paymentsApi } from 'paytone-payments-http';

const payments = paymentsApi({
  url: env['ORDER_API_URL'] ?? 'http://localhost:3000',
  key: env['ORDER_API_KEY'] ?? 'demo-shop-key',
});
const orderId = env['ORDER_ID'] ?? `example-${Date.now()}`;
const amount = { value: '100.55', currency: 'USD' };
try {
  const { services } = await payments.services(amount.currency);
  console.log('The customer may pay by', services.map(({ method }) => method.name['en']).join(', '));

  // The same order id and terms again are answered with the same payment: repeat it after any failure.
  const { redirect } = await payments.start(orderId, { amount, service: 'payment_card_usd_hpp' });
  console.log('Send the customer to', redirect?.url);

  const payment = await payments.outcome(orderId);
  console.log(`${orderId} is ${payment.status}`);

  if (payment.status === 'paid') {
    const refund = { refundId: 'R1', amount: { value: '10.00', currency: 'USD' }, reason: 'one item' };
    const { refunds } = await payments.refund(orderId, refund);
    console.log('Refund R1 is', refunds[0]?.status);
  }
} catch (error) {
  if (!(error instanceof PaymentProblem)) throw error;
  console.error(error.detail, error.errors);
}
