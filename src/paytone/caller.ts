import { z } from 'zod';
import { directiveFor, type AnswerClass, type Operation } from '../domain/invoice/directive-table.ts';
import type { Invoice } from '../domain/invoice/invoice.ts';
import { answerClassOf } from './classify-answer.ts';
import { fieldMessagesOf } from './error-messages.ts';
import { retryAfterMs } from './retry-after.ts';
import { Breaker, type Permit, type Verdict } from './breaker.ts';
import { privateInvoiceSchema, publicInvoiceSchema } from './invoice-schema.ts';
import { PaytoneError } from './paytone-error.ts';
import { refundOf, type RefundState } from './refund-schema.ts';
import {
  createTransport,
  defaultLimits,
  type Call,
  type HttpAnswer,
  type TransportLimits,
} from './transport.ts';

export interface PaytoneAccount {
  /** Base of both APIs. */
  readonly url: string;
  /** Where the private API is below it: `/api` unless the platform has it elsewhere; empty for no prefix. */
  readonly apiPath?: string;
  /** The same of the public API: `/public-api`. */
  readonly publicApiPath?: string;
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

/** What a call met: for metrics and logs. `held_back`: not sent, since the platform rejects our credentials. */
export interface Observed {
  /** Its id. */
  readonly account: string;
  readonly operation: Operation;
  readonly answer: AnswerClass | 'held_back';
  readonly seconds: number;
  readonly breakerIsOpen: boolean;
}

export interface CallerOptions {
  readonly limits?: Partial<TransportLimits>;
  readonly observe?: (observed: Observed) => void;
  /** Nothing is sent, since there are no keys to send it with. */
  readonly isHeldBack?: boolean;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/** What a call asks, and about what: a reference, an invoice's id, a currency, a place in a list. */
export interface Question {
  readonly operation: Operation;
  readonly about: string;
}

export type Caller = ReturnType<typeof createCaller>;

/** One HTTP call with the account's authentication: a parsed answer, or a PaytoneError with its directive. */
export function createCaller(
  account: PaytoneAccount,
  { limits, observe, isHeldBack = false, now = Date.now }: CallerOptions,
) {
  const { url, apiPath = '/api', publicApiPath = '/public-api', accountId, privateKey, publicKey } = account;
  const privateUrl = `${url}${apiPath}`;
  const publicUrl = `${url}${publicApiPath}`;
  const transport = createTransport({ ...defaultLimits, ...limits });
  const authorization = `Basic ${Buffer.from(`${accountId}:${privateKey}`).toString('base64')}`;
  const breakerOf = breakersByOperation(now);
  const ask = async <Schema extends z.ZodType>(
    question: Question,
    schema: Schema,
    call: Call,
  ): Promise<z.output<Schema>> => {
    const { operation, about } = question;
    const breaker = breakerOf(operation);
    const permit = isHeldBack ? null : await breaker.admit(about);
    const began = performance.now();
    const tell = (answer: Observed['answer']): void => {
      const seconds = (performance.now() - began) / 1000;
      const breakerIsOpen = isHeldBack || breaker.isOpen;
      observe?.({ account: accountId, operation, answer, seconds, breakerIsOpen });
    };
    if (!permit) {
      tell('held_back');
      throw heldBack(question);
    }
    const { answer, data, reply } = await answered(permit, async () => {
      const received = await transport.send(call);
      return { ...read(schema, received), reply: received };
    });
    tell(answer);
    if (answer !== 'success') throw errorFor(question, { answer, reply, at: now() });
    return data;
  };
  return {
    ask,
    publicKey,
    /** @throws PaytoneError where nothing may be sent: what a browser sends for us is no exception. */
    assertSending: (question: Question): void => {
      if (isHeldBack) throw heldBack(question);
    },
    publicUrl,
    asPrivate: (path: string, body?: unknown): Call => ({
      method: body === undefined ? 'GET' : 'POST',
      url: `${privateUrl}/${path}`,
      headers: { authorization },
      body,
    }),
    asPublic: (path: string, body: unknown): Call => ({
      method: 'POST',
      url: `${publicUrl}/${path}`,
      body,
    }),
    close: () => transport.close(),
  };
}

/**
 * A breaker for each operation, since an account may lack the right to a single one. One for all would do harm both
 * ways: creates that are forbidden would hold back the polls that find out who has paid, and the answers of those
 * polls would keep it from ever opening for the creates. Rejected keys cost three calls of each operation in use.
 */
function breakersByOperation(now: () => number): (operation: Operation) => Breaker {
  const breakers = new Map<Operation, Breaker>();
  return (operation) => {
    const breaker = breakers.get(operation) ?? new Breaker(now);
    breakers.set(operation, breaker);
    return breaker;
  };
}

/** Tells the breaker what the answer says of our credentials; that nobody could read it says nothing. */
async function answered<Met extends { readonly answer: AnswerClass }>(
  permit: Permit,
  send: () => Promise<Met>,
): Promise<Met> {
  let verdict: Verdict = 'silent';
  try {
    const met = await send();
    verdict = verdictOf(met.answer);
    return met;
  } finally {
    permit.answered(verdict);
  }
}

type Read<Data> =
  | { readonly answer: 'success'; readonly data: Data }
  | { readonly answer: Exclude<AnswerClass, 'success'>; readonly data?: never };

function read<Schema extends z.ZodType>(schema: Schema, reply: HttpAnswer | null): Read<z.output<Schema>> {
  const answer = reply ? answerClassOf(reply.status) : 'no_answer';
  if (answer !== 'success') return { answer };
  const parsed = schema.safeParse(reply?.body);
  return parsed.success ? { answer, data: parsed.data } : { answer: 'unreadable' };
}

function verdictOf(answer: AnswerClass): Verdict {
  if (answer === 'unauthorized' || answer === 'forbidden') return 'rejected';
  const cameBeforeAnyCheck: readonly AnswerClass[] = [
    'no_answer',
    'unreadable',
    'server_error',
    'unavailable',
  ];
  return cameBeforeAnyCheck.includes(answer) ? 'silent' : 'accepted';
}

interface Met {
  readonly answer: Exclude<AnswerClass, 'success'>;
  readonly reply: HttpAnswer | null;
  readonly at: number;
}

function errorFor({ operation, about }: Question, { answer, reply, at }: Met): PaytoneError {
  const conflicting = answer === 'conflict' ? reply?.body : undefined;
  return new PaytoneError({
    operation,
    answer,
    directive: directiveFor(operation, answer),
    heldBack: false,
    httpStatus: reply?.status ?? null,
    retryAfterMs: retryAfterMs(reply?.retryAfter, at),
    messages: fieldMessagesOf(reply?.body),
    earlier: earlierOf(conflicting),
    earlierRefund: earlierRefundOf(conflicting, about),
  });
}

/** As if the platform had rejected our credentials once more, without asking it. */
function heldBack({ operation }: Question): PaytoneError {
  return new PaytoneError({
    operation,
    answer: 'unauthorized',
    directive: directiveFor(operation, 'unauthorized'),
    heldBack: true,
    httpStatus: null,
    retryAfterMs: null,
    messages: [],
    earlier: null,
    earlierRefund: null,
  });
}

/** The "duplicate request body" of a 409, in either resource's shape. */
function earlierOf(body: unknown): Invoice | null {
  const parsed = z.union([one(privateInvoiceSchema), one(publicInvoiceSchema)]).safeParse(body);
  return parsed.success ? parsed.data : null;
}

/** The same of a refund, where it is the one that was asked for. */
function earlierRefundOf(body: unknown, referenceId: string): RefundState | null {
  const parsed = one(refundOf(referenceId)).safeParse(body);
  return parsed.success ? parsed.data : null;
}
