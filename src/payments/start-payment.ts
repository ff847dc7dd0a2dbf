import { randomUUID } from 'node:crypto';
import { faultsOfChoice } from '../domain/payment/choice.ts';
import type { OrderId } from '../domain/identity.ts';
import type { FieldMessage } from '../domain/invoice/invoice.ts';
import type { Policy } from '../domain/payment/payment.ts';
import type { Terms } from '../domain/payment/terms.ts';
import { within } from '../temporal/deadline.ts';
import { refuse, type Answer, type OrderKey } from './api-answer.ts';
import { ArchiveError } from './archive.ts';
import type { PaymentFinder } from './payment-finder.ts';
import type { PaymentStarter } from './payment-starter.ts';
import { invalid } from './problem.ts';
import type { PaymentView } from '../domain/payment/payment-view.ts';
import { faultsOfCards } from './card-numbers.ts';
import type { AskForServices } from './cached-services.ts';

export interface StartParts {
  readonly finder: PaymentFinder;
  readonly starter: PaymentStarter;
  readonly services: AskForServices;
  readonly policyFor: (owner: string) => Policy;
  readonly returnOrigins: readonly string[];
}

/** The platform may take its time; the order service waits for the redirect, not for this. */
const servicesWaitMs = 2_000;

/** Starts an order's payment, or joins it. What is refused leaves nothing behind: the order id stays free. */
export async function startPayment(
  { finder, starter, services, policyFor, returnOrigins }: StartParts,
  { owner, orderId }: OrderKey,
  terms: Terms,
): Promise<Answer<PaymentView>> {
  const since = Date.now();
  const policy = policyFor(owner);
  const errors = [
    ...faultsOfAmount(terms),
    ...faultsOfReturn(terms, returnOrigins),
    ...faultsOfCards(proseOf(orderId, terms)),
    ...(await faultsOfService()),
  ];
  // What was accepted once is answered as it was, whatever is offered today.
  if (errors.length > 0 && !(await isThere())) return refuse(invalid(errors));
  return starter.start({ orderId, owner, requestId: randomUUID(), terms, policy }, since);

  async function isThere(): Promise<boolean> {
    try {
      return (await finder.find({ owner, orderId })) !== null;
    } catch (error) {
      if (error instanceof ArchiveError) return false;
      throw error;
    }
  }

  async function faultsOfService(): Promise<FieldMessage[]> {
    const { service, serviceFields = {}, amount, locale } = terms;
    try {
      const offer = await within(servicesWaitMs, services(policy.account, amount.currency));
      if (offer.services.length === 0) return [{ field: 'amount.currency', message: nothingOffered }];
      if (service === undefined) return [];
      return faultsOfChoice(offer.services, { choice: { service, serviceFields }, amount, locale });
    } catch {
      // The platform is out of reach: the payment starts, and its create tells whether it can be paid this way.
      return [];
    }
  }
}

/** Where people and programs write what they like. */
const proseOf = (orderId: OrderId, { description, metadata, customer }: Terms) => ({
  ...{ orderId, description, metadata },
  'customer.referenceId': customer?.referenceId,
  'customer.name': customer?.name,
  'customer.address': { ...customer?.address },
  'customer.metadata': customer?.metadata,
});

const nothingOffered = 'Paytone offers no service for this currency';

const faultsOfAmount = ({ amount }: Terms): FieldMessage[] =>
  amount.minor > 0 ? [] : [{ field: 'amount.value', message: 'must be greater than 0' }];

const originOf = (url: string): string => (URL.canParse(url) ? new URL(url).origin : '');

function faultsOfReturn({ returnUrls }: Terms, origins: readonly string[]): FieldMessage[] {
  return Object.entries(returnUrls ?? {})
    .filter(([, url]) => !origins.includes(originOf(String(url))))
    .map(([name]) => ({
      field: `returnUrls.${name}`,
      message: 'its origin is not one of RETURN_URL_ORIGINS',
    }));
}
