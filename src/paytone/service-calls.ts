import type { AccountId } from '../domain/identity.ts';
import { z } from 'zod';
import { one, type Caller } from './caller.ts';
import { PaytoneError } from './paytone-error.ts';
import { accountServiceSchema, prerequestSchema } from './service-schema.ts';

const servicePage = z.object({
  data: z.array(accountServiceSchema),
  meta: z.object({ pages: z.number(), page: z.number() }),
});

/** What the customer may pay with: pre-request, list, service by id. */
export const serviceCalls = ({ ask, asPrivate, asPublic, publicKey }: Caller) => ({
  /** Payment pre-request. */
  prerequest: (currency: string) =>
    ask(
      { operation: 'prerequest', about: currency },
      prerequestSchema,
      asPublic('payment-prerequest', { public_key: publicKey, currency }),
    ),

  /** All payment services, page after page (docs/platform.md §2). */
  async *services() {
    for (let number = 1, pages = 1; number <= pages; number++) {
      const path = `payment-services?page[number]=${number}&page[size]=100`;
      const { data, meta } = await ask({ operation: 'services', about: path }, servicePage, asPrivate(path));
      yield* data;
      pages = data.length > 0 ? meta.pages : 0;
    }
  },

  /** Obtain Service Data by ID. */
  getService: (serviceId: string) =>
    ask(
      { operation: 'services', about: serviceId },
      one(accountServiceSchema),
      asPrivate(`payment-services/${encodeURIComponent(serviceId)}`),
    ),
});

type Prerequest = ReturnType<typeof serviceCalls>['prerequest'];

/** The pre-request; a currency that the platform refuses (422) has no services. */
export const servicesFor =
  (prerequestOf: (account: AccountId) => Prerequest, testMode: boolean) =>
  async (account: AccountId, currency: string): ReturnType<Prerequest> => {
    try {
      return await prerequestOf(account)(currency);
    } catch (error) {
      if (!(error instanceof PaytoneError) || error.failure.answer !== 'unprocessable') throw error;
      return { currency, testMode, services: [] };
    }
  };
