import { responseExamples } from './response-examples.ts';

const exampleAmount = { value: '100.55', currency: 'USD' };

/** Bodies that the sandbox takes, and outcomes that were sent, by the name of their schema. */
export const requestExamples: Readonly<Record<string, Readonly<Record<string, { value: unknown }>>>> = {
  ...(responseExamples['outcome'] && { Outcome: responseExamples['outcome'] }),
  Terms: {
    'by card': { value: { amount: exampleAmount, service: 'payment_card_usd_hpp' } },
    'the customer chooses': {
      value: { amount: exampleAmount, customer: { referenceId: 'C7' }, locale: 'uk' },
    },
  },
  Choice: { 'by card': { value: { service: 'payment_card_usd_hpp' } } },
  CancelRequest: { canceled: { value: { reason: 'out of stock' } } },
  RefundRequest: {
    part: {
      value: { refundId: 'R1', amount: { ...exampleAmount, value: '10.00' }, reason: 'one item returned' },
    },
    'all that is left': { value: { refundId: 'R2', reason: 'order returned' } },
  },
};
