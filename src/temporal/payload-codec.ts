import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import {
  METADATA_ENCODING_KEY,
  ValueError,
  type Payload,
  type PayloadCodec,
  type SerializationContext,
} from '@temporalio/common';
import proto from '@temporalio/proto';

/** An AES-256 key under the id that encrypted payloads name. */
export interface PayloadKey {
  readonly id: string;
  readonly key: Uint8Array;
}

const { Payload: PayloadMessage } = proto.temporal.api.common.v1;
const encoding = 'binary/aes-256-gcm';
const compression = 'gzip';
const sizes = {
  nonce: 12,
  tag: 16,
  /** Below it gzip costs what it saves: measured on the payloads of recorded payments. */
  worthCompressing: 256,
  /** What an encrypted payload may become again; beyond it none is compressed. Temporal takes 2 MB. */
  mostInflated: 8_388_608,
  /** How many times its size, so that little can never become much: what payments hold stays below 30. */
  mostTimes: 100,
};
/** Where inside what is encrypted the payload's workflow stands; processes of before it pass it by. */
const boundTo = 'bound-to';
const zip = promisify(gzip);
const unzip = promisify(gunzip);
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const decodeText = (data: Uint8Array | null | undefined): string =>
  new TextDecoder().decode(data ?? undefined);

/**
 * Encrypts what Temporal stores: the first key encrypts, every key decrypts, so that keys can be rotated.
 * Two kinds of payload stay in clear, and by the rule of docs/contract.md §5.8, neither may hold customer data
 * (ADR 5): a JSON string (summaries that operators read, ids that activities take), and the answer to the UI's
 * metadata query (current details, names of messages), which is computed when asked for and never stored.
 */
export class EncryptionCodec implements PayloadCodec {
  readonly #keys: ReadonlyMap<string, Uint8Array>;
  readonly #current: PayloadKey | undefined;
  readonly #isOfWorker: boolean;

  /**
   * `isOfWorker`: what cannot be decrypted, or stands in clear and is no string, comes out as a payload that no
   * converter reads, instead of an error or as it is: whoever reaches Temporal without a key has no say.
   */
  constructor(keys: readonly PayloadKey[], { isOfWorker = false } = {}) {
    this.#isOfWorker = isOfWorker;
    this.#keys = new Map(keys.map(({ id, key }) => [id, key]));
    this.#current = keys[0];
  }

  encode(payloads: Payload[], context?: SerializationContext): Promise<Payload[]> {
    const current = this.#current;
    return Promise.all(
      payloads.map(async (it) =>
        current && !isForOperators(it) ? encrypt(bound(it, context), current) : it,
      ),
    );
  }

  decode(payloads: Payload[], context?: SerializationContext): Promise<Payload[]> {
    return Promise.all(
      payloads.map(async (it) => {
        if (isEncrypted(it)) return this.#read(it, context);
        return this.#isOfWorker && !isString(it) ? unreadablePayload : it;
      }),
    );
  }

  async #read(payload: Payload, context: SerializationContext | undefined): Promise<Payload> {
    try {
      const clear = await this.#decrypt(payload);
      assertBound(clear, context);
      return clear;
    } catch (error) {
      if (!this.#isOfWorker) throw error;
      return unreadablePayload;
    }
  }

  async #decrypt({ metadata, data }: Payload): Promise<Payload> {
    const id = decodeText(metadata?.['key-id']);
    const key = this.#keys.get(id);
    if (!key)
      throw new ValueError(`No key "${id}" in PAYLOAD_KEYS: a payload encrypted with it cannot be read.`);
    const whole = data ?? new Uint8Array();
    const decipher = createDecipheriv('aes-256-gcm', key, whole.subarray(0, sizes.nonce));
    decipher.setAuthTag(whole.subarray(sizes.nonce, sizes.nonce + sizes.tag));
    const clear = Buffer.concat([decipher.update(whole.subarray(sizes.nonce + sizes.tag)), decipher.final()]);
    const isCompressed = decodeText(metadata?.['compression']) === compression;
    const maxOutputLength = Math.min(sizes.mostInflated, clear.length * sizes.mostTimes);
    return PayloadMessage.decode(isCompressed ? await unzip(clear, { maxOutputLength }) : clear);
  }
}

async function encrypt(payload: Payload, { id, key }: PayloadKey): Promise<Payload> {
  const nonce = randomBytes(sizes.nonce);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const clear = PayloadMessage.encode(payload).finish();
  const small = await smaller(clear);
  const encrypted = Buffer.concat([cipher.update(small ?? clear), cipher.final()]);
  return {
    metadata: {
      [METADATA_ENCODING_KEY]: bytes(encoding),
      'key-id': bytes(id),
      ...(small && { compression: bytes(compression) }),
    },
    data: Buffer.concat([nonce, cipher.getAuthTag(), encrypted]),
  };
}

/** The workflow that a payload is of, as text; null where the SDK does not say. */
const contextOf = (context: SerializationContext | undefined): string | null =>
  context?.workflowId === undefined ? null : JSON.stringify([context.namespace, context.workflowId]);

/** Encrypted with its place, so that nobody can make it another workflow's. */
function bound(payload: Payload, context: SerializationContext | undefined): Payload {
  const place = contextOf(context);
  return place === null
    ? payload
    : { ...payload, metadata: { ...payload.metadata, [boundTo]: bytes(place) } };
}

/** What the codec server encrypts for the Temporal UI, and what was written before, has no place. */
function assertBound({ metadata }: Payload, context: SerializationContext | undefined): void {
  const [place, expected] = [metadata?.[boundTo], contextOf(context)];
  if (place && expected !== null && decodeText(place) !== expected)
    throw new ValueError(
      `A payload of ${decodeText(place)} stands where one of ${expected} belongs: it is not read.`,
    );
}

/** Compressed, or null where that does not pay. */
async function smaller(clear: Uint8Array): Promise<Uint8Array | null> {
  if (clear.length < sizes.worthCompressing || clear.length > sizes.mostInflated) return null;
  const zipped = await zip(clear);
  const isWorthIt = zipped.length < clear.length && zipped.length * sizes.mostTimes >= clear.length;
  return isWorthIt ? zipped : null;
}

const encodingOf = ({ metadata }: Payload): string => decodeText(metadata?.[METADATA_ENCODING_KEY]);
const isEncrypted = (payload: Payload): boolean => encodingOf(payload) === encoding;
const unreadablePayload: Payload = { metadata: { [METADATA_ENCODING_KEY]: bytes('binary/unreadable') } };

/** How the text of a JSON payload begins; of another, nothing. */
const prefixOf = (payload: Payload, length: number): string =>
  // First of all: what stands for `undefined` comes out of a workflow with data that are no bytes.
  encodingOf(payload) === 'json/plain' ? decodeText(payload.data?.subarray(0, length)) : '';
const metadataAnswer = '{"definition":{"type":';
const isString = (payload: Payload): boolean => prefixOf(payload, 1) === '"';
const isForOperators = (payload: Payload): boolean =>
  isString(payload) || prefixOf(payload, metadataAnswer.length) === metadataAnswer;
