import { z } from 'zod';
import { directiveFor, type AnswerClass, type Operation } from '../domain/invoice/directive.ts';
import type { Invoice } from '../domain/invoice/invoice.ts';
import { answerClassOf, fieldMessagesOf, retryAfterMs } from './answer.ts';
import { Circuit } from './circuit.ts';
import { privateInvoiceSchema, publicInvoiceSchema } from './invoice.ts';
import { PaytoneError } from './paytone-error.ts';
import { createTransport, defaultLimits, type Call, type Reply, type TransportLimits } from './transport.ts';

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
  readonly operation: Operation;
  readonly answer: AnswerClass | 'held_back';
  readonly seconds: number;
  readonly circuitIsOpen: boolean;
}

export interface CallerOptions {
  readonly limits?: Partial<TransportLimits>;
  readonly observe?: (observed: Observed) => void;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

export type Caller = ReturnType<typeof createCaller>;

/** One HTTP call with the account's authentication: a parsed answer, or a PaytoneError with its directive. */
export function createCaller(account: PaytoneAccount, { limits, observe, now = Date.now }: CallerOptions) {
  const { url, apiPath = '/api', publicApiPath = '/public-api', accountId, privateKey, publicKey } = account;
  const privateUrl = `${url}${apiPath}`;
  const publicUrl = `${url}${publicApiPath}`;
  const transport = createTransport({ ...defaultLimits, ...limits });
  const authorization = `Basic ${Buffer.from(`${accountId}:${privateKey}`).toString('base64')}`;
  const circuits = new Map<Operation, Circuit>();
  const circuitOf = (operation: Operation): Circuit => {
    const circuit = circuits.get(operation) ?? new Circuit(now);
    circuits.set(operation, circuit);
    return circuit;
  };
  const ask = async <Schema extends z.ZodType>(
    operation: Operation,
    schema: Schema,
    call: Call,
  ): Promise<z.output<Schema>> => {
    const circuit = circuitOf(operation);
    const began = performance.now();
    const tell = (answer: Observed['answer']): void =>
      observe?.({
        operation,
        answer,
        seconds: (performance.now() - began) / 1000,
        circuitIsOpen: circuit.isOpen,
      });
    if (!circuit.admits()) {
      tell('held_back');
      throw failed(operation, { answer: 'unauthorized', reply: null, at: now() });
    }
    const reply = await transport.send(call);
    const { answer, data } = read(schema, reply);
    circuit.record(standingOf(answer));
    tell(answer);
    if (answer !== 'success') throw failed(operation, { answer, reply, at: now() });
    return data;
  };
  return {
    ask,
    publicKey,
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

type Read<Data> =
  | { readonly answer: 'success'; readonly data: Data }
  | { readonly answer: Exclude<AnswerClass, 'success'>; readonly data?: never };

function read<Schema extends z.ZodType>(schema: Schema, reply: Reply | null): Read<z.output<Schema>> {
  const answer = reply ? answerClassOf(reply.status) : 'no_answer';
  if (answer !== 'success') return { answer };
  const parsed = schema.safeParse(reply?.body);
  return parsed.success ? { answer, data: parsed.data } : { answer: 'unreadable' };
}

/** What an answer says of our credentials. */
function standingOf(answer: AnswerClass): 'accepted' | 'rejected' | 'silent' {
  if (answer === 'unauthorized' || answer === 'forbidden') return 'rejected';
  const cameBeforeAnyCheck: readonly AnswerClass[] = [
    'no_answer',
    'unreadable',
    'server_error',
    'unavailable',
  ];
  return cameBeforeAnyCheck.includes(answer) ? 'silent' : 'accepted';
}

function failed(
  operation: Operation,
  { answer, reply, at }: { answer: Exclude<AnswerClass, 'success'>; reply: Reply | null; at: number },
): PaytoneError {
  return new PaytoneError({
    operation,
    answer,
    directive: directiveFor(operation, answer),
    httpStatus: reply?.status ?? null,
    retryAfterMs: retryAfterMs(reply?.retryAfter, at),
    messages: fieldMessagesOf(reply?.body),
    earlier: answer === 'conflict' ? earlierOf(reply?.body) : null,
  });
}

/** The "duplicate request body" of a 409, in either resource's shape. */
function earlierOf(body: unknown): Invoice | null {
  const parsed = z.union([one(privateInvoiceSchema), one(publicInvoiceSchema)]).safeParse(body);
  return parsed.success ? parsed.data : null;
}
