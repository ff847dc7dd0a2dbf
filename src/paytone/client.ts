import { z } from 'zod';
import { directiveFor, type AnswerClass, type Operation } from '../domain/directive.ts';
import type { InvoiceId, ReferenceId } from '../domain/identity.ts';
import type { Invoice, InvoiceDraft, InvoiceSnapshot } from '../domain/invoice.ts';
import { toMajorNumber, type Money } from '../domain/money.ts';
import type { Service } from '../domain/service.ts';
import { answerClassOf, fieldMessagesOf, retryAfterMs } from './answer.ts';
import { privateInvoiceSchema, publicInvoiceSchema } from './invoice.ts';
import { PaytoneError } from './paytone-error.ts';
import { refundSchema, type PlatformRefund } from './refund.ts';
import { formFields, privateAttributes, publicBody, type InvoiceSite } from './request.ts';
import { accountServiceSchema, prerequestSchema, type AccountService } from './service.ts';
import { createTransport, defaultLimits, type Call, type Reply, type TransportLimits } from './transport.ts';

export interface PaytoneAccount {
  /** Base; `/api` and `/public-api` are below it. */
  readonly url: string;
  readonly accountId: string;
  readonly privateKey: string;
  readonly publicKey: string;
}

export interface RefundDraft {
  readonly invoiceId: InvoiceId;
  readonly amount: Money;
  readonly referenceId: string;
  readonly description: string;
}

/** Every call rejects with a PaytoneError, whose directive says what to do; none is repeated here. */
export interface PaytoneClient {
  /** Payment pre-request. */
  prerequest(
    currency: string,
  ): Promise<{ currency: string; testMode: boolean; services: readonly Service[] }>;
  /** Full List of Payment Services, page after page. */
  services(): AsyncIterable<AccountService>;
  /** Obtain Service Data by ID. */
  getService(id: string): Promise<AccountService>;
  /** Invoice Initiation, by the draft's channel. */
  createInvoice(draft: InvoiceDraft, site: InvoiceSite): Promise<Invoice>;
  /** Process Payment Link (HTML Form): what the customer's browser has to post; nothing is sent. */
  formFor(
    draft: InvoiceDraft,
    site: InvoiceSite,
  ): { url: string; method: 'POST'; fields: Record<string, string> };
  /** Reconciliation by ID, private. */
  getInvoice(id: InvoiceId): Promise<Invoice>;
  /** Reconciliation by ID, public. */
  getInvoicePublic(id: InvoiceId): Promise<Invoice>;
  /** Reconciliation by `filter[reference_id]`; null where the platform has none. */
  findInvoice(referenceId: ReferenceId): Promise<Invoice | null>;
  /** Get the Full List of Payment Invoices, following the cursor. */
  invoices(after?: string): AsyncIterable<InvoiceSnapshot>;
  /** Refunds (paytone-platform.md). */
  refundInvoice(draft: RefundDraft): Promise<PlatformRefund>;
  close(): Promise<void>;
}

/** The `data` of a body. */
const one = <Item>(item: z.ZodType<Item>): z.ZodType<Item> =>
  z
    .object({ data: z.unknown() })
    .transform(({ data }) => data)
    .pipe(item);
const several = z.object({
  data: z.union([z.array(privateInvoiceSchema), privateInvoiceSchema.transform((single) => [single])]),
});
const page = z.object({
  data: z.array(privateInvoiceSchema),
  meta: z.object({ after: z.string().nullish() }).nullish(),
});
const servicePage = z.object({
  data: z.array(accountServiceSchema),
  meta: z.object({ pages: z.number(), page: z.number() }),
});

export function createPaytoneClient(
  account: PaytoneAccount,
  limits: Partial<TransportLimits> = {},
): PaytoneClient {
  const { url, accountId, privateKey, publicKey } = account;
  const transport = createTransport({ ...defaultLimits, ...limits });
  const authorization = `Basic ${Buffer.from(`${accountId}:${privateKey}`).toString('base64')}`;

  async function ask<Schema extends z.ZodType>(
    operation: Operation,
    schema: Schema,
    call: Call,
  ): Promise<z.output<Schema>> {
    const reply = await transport.send(call);
    const answer = reply ? answerClassOf(reply.status) : 'no_answer';
    if (answer !== 'success') throw failed(operation, answer, reply);
    const parsed = schema.safeParse(reply?.body);
    if (!parsed.success) throw failed(operation, 'unreadable', reply);
    return parsed.data;
  }
  const asPrivate = (path: string, body?: unknown): Call => ({
    method: body === undefined ? 'GET' : 'POST',
    url: `${url}/api/${path}`,
    headers: { authorization },
    body,
  });
  const asPublic = (path: string, body: unknown): Call => ({
    method: 'POST',
    url: `${url}/public-api/${path}`,
    body,
  });
  const id = encodeURIComponent;

  return {
    prerequest: (currency) =>
      ask(
        'prerequest',
        prerequestSchema,
        asPublic('payment-prerequest', { public_key: publicKey, currency }),
      ),

    async *services() {
      for (let number = 1, pages = 1; number <= pages; number++) {
        const path = `payment-services?page[number]=${number}&page[size]=100`;
        const { data, meta } = await ask('services', servicePage, asPrivate(path));
        yield* data;
        pages = data.length > 0 ? meta.pages : 0;
      }
    },

    getService: (serviceId) =>
      ask('services', one(accountServiceSchema), asPrivate(`payment-services/${id(serviceId)}`)),

    createInvoice(draft, site) {
      if (draft.channel === 'public') {
        const call = asPublic('payment-invoices', publicBody(draft, publicKey));
        return ask('createPublic', one(publicInvoiceSchema), call);
      }
      const attributes = privateAttributes(draft, site);
      const body = { data: { type: 'payment-invoices', attributes } };
      return ask('createPrivate', one(privateInvoiceSchema), asPrivate('payment-invoices', body));
    },

    formFor: (draft, site) => ({
      url: `${url}/public-api/payment-invoices/process`,
      method: 'POST',
      fields: formFields(draft, site, publicKey),
    }),

    getInvoice: (invoiceId) =>
      ask('statusById', one(privateInvoiceSchema), asPrivate(`payment-invoices/${id(invoiceId)}`)),

    getInvoicePublic: (invoiceId) =>
      ask('statusById', one(publicInvoiceSchema), {
        method: 'GET',
        url: `${url}/public-api/payment-invoices/${id(invoiceId)}?public_key=${id(publicKey)}`,
      }),

    async findInvoice(referenceId) {
      const call = asPrivate(`payment-invoices?filter[reference_id]=${id(referenceId)}`);
      const { data } = await ask('byReference', several, call).catch(noneIfAbsent);
      const ours = data.filter(({ snapshot }) => snapshot.referenceId === referenceId);
      return ours.toSorted((a, b) => b.snapshot.updated - a.snapshot.updated)[0] ?? null;
    },

    async *invoices(from) {
      const seen = new Set<string>();
      for (let after = from ?? null; ;) {
        const cursor = after === null ? '' : `&page[after]=${id(after)}`;
        const { data, meta } = await ask('list', page, asPrivate(`payment-invoices?page[size]=100${cursor}`));
        yield* data.map(({ snapshot }) => snapshot);
        after = meta?.after ?? null;
        if (data.length === 0 || after === null || after === '' || seen.has(after)) return;
        seen.add(after);
      }
    },

    refundInvoice({ invoiceId, amount, referenceId, description }) {
      const attributes = { invoiceId, amount: toMajorNumber(amount), reference_id: referenceId, description };
      const call = asPrivate(`payment-invoices/${id(invoiceId)}/refund`, {
        data: { type: 'refund', attributes },
      });
      return ask('refund', one(refundSchema), call);
    },

    close: () => transport.close(),
  };
}

function noneIfAbsent(error: unknown): { data: Invoice[] } {
  if (error instanceof PaytoneError && error.failure.directive === 'absent') return { data: [] };
  throw error;
}

function failed(
  operation: Operation,
  answer: Exclude<AnswerClass, 'success'>,
  reply: Reply | null,
): PaytoneError {
  const directive = directiveFor(operation, answer);
  const earlier = answer === 'conflict' ? earlierOf(reply?.body) : null;
  return new PaytoneError({
    operation,
    answer,
    directive,
    httpStatus: reply?.status ?? null,
    retryAfterMs: retryAfterMs(reply?.retryAfter, Date.now()),
    messages: fieldMessagesOf(reply?.body),
    earlier,
  });
}

/** The "duplicate request body" of a 409, in either resource's shape. */
function earlierOf(body: unknown): Invoice | null {
  const parsed = z.union([one(privateInvoiceSchema), one(publicInvoiceSchema)]).safeParse(body);
  return parsed.success ? parsed.data : null;
}
