import { z } from 'zod';
import { directiveFor, type AnswerClass, type Operation } from '../domain/directive.ts';
import type { Invoice } from '../domain/invoice.ts';
import { answerClassOf, fieldMessagesOf, retryAfterMs } from './answer.ts';
import { privateInvoiceSchema, publicInvoiceSchema } from './invoice.ts';
import { PaytoneError } from './paytone-error.ts';
import { createTransport, defaultLimits, type Call, type Reply, type TransportLimits } from './transport.ts';

export interface PaytoneAccount {
  /** Base; `/api` and `/public-api` are below it. */
  readonly url: string;
  readonly accountId: string;
  readonly privateKey: string;
  readonly publicKey: string;
}

/** The `data` of a body. */
export const one = <Item>(item: z.ZodType<Item>): z.ZodType<Item> =>
  z
    .object({ data: z.unknown() })
    .transform(({ data }) => data)
    .pipe(item);

export type Caller = ReturnType<typeof createCaller>;

/** One HTTP call with the account's authentication: a parsed answer, or a PaytoneError with its directive. */
export function createCaller(account: PaytoneAccount, limits: Partial<TransportLimits>) {
  const { url, accountId, privateKey, publicKey } = account;
  const transport = createTransport({ ...defaultLimits, ...limits });
  const authorization = `Basic ${Buffer.from(`${accountId}:${privateKey}`).toString('base64')}`;
  const ask = async <Schema extends z.ZodType>(
    operation: Operation,
    schema: Schema,
    call: Call,
  ): Promise<z.output<Schema>> => {
    const reply = await transport.send(call);
    const answer = reply ? answerClassOf(reply.status) : 'no_answer';
    if (answer !== 'success') throw failed(operation, answer, reply);
    const parsed = schema.safeParse(reply?.body);
    if (!parsed.success) throw failed(operation, 'unreadable', reply);
    return parsed.data;
  };
  return {
    ask,
    publicKey,
    publicUrl: `${url}/public-api`,
    asPrivate: (path: string, body?: unknown): Call => ({
      method: body === undefined ? 'GET' : 'POST',
      url: `${url}/api/${path}`,
      headers: { authorization },
      body,
    }),
    asPublic: (path: string, body: unknown): Call => ({
      method: 'POST',
      url: `${url}/public-api/${path}`,
      body,
    }),
    close: () => transport.close(),
  };
}

function failed(
  operation: Operation,
  answer: Exclude<AnswerClass, 'success'>,
  reply: Reply | null,
): PaytoneError {
  return new PaytoneError({
    operation,
    answer,
    directive: directiveFor(operation, answer),
    httpStatus: reply?.status ?? null,
    retryAfterMs: retryAfterMs(reply?.retryAfter, Date.now()),
    messages: fieldMessagesOf(reply?.body),
    earlier: answer === 'conflict' ? earlierOf(reply?.body) : null,
  });
}

/** The "duplicate request body" of a 409, in either resource's shape. */
function earlierOf(body: unknown): Invoice | null {
  const parsed = z.union([one(privateInvoiceSchema), one(publicInvoiceSchema)]).safeParse(body);
  return parsed.success ? parsed.data : null;
}
