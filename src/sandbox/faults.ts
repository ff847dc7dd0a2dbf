import { z } from 'zod';

const match = z
  .object({
    operation: z.string(),
    method: z.string(),
    /** The path's beginning. */
    path: z.string(),
    /** The invoice's, also where the request names it by its id alone. */
    referenceId: z.string(),
    /** Of a request for a refund. */
    refundReference: z.string(),
  })
  .partial();

const fault = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('status'),
    status: z.number(),
    headers: z.record(z.string(), z.string()).optional(),
    body: z.unknown().optional(),
  }),
  z.object({ type: z.literal('reset') }),
  z.object({ type: z.literal('timeout') }),
  z.object({ type: z.literal('delay'), ms: z.number().positive() }),
  z.object({ type: z.literal('truncate') }),
  z.object({ type: z.literal('trickle'), bytesPerSecond: z.number().positive().default(1) }),
  z.object({ type: z.literal('html') }),
  z.object({ type: z.literal('no-id') }),
  z.object({
    type: z.literal('rewrite'),
    set: z.record(z.string(), z.unknown()).default({}),
    status: z.number().optional(),
  }),
]);

/** A fault for the next matching requests: before or after what they do, `times` times (0: until removed). */
export const faultRule = z.object({
  match: match.default({}),
  when: z.enum(['before', 'after']).default('before'),
  times: z.number().int().min(0).default(1),
  fault,
});
export type FaultRule = z.output<typeof faultRule>;
export type Fault = FaultRule['fault'];

export interface SeenRequest {
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly referenceId: string | null;
  readonly refundReference?: string;
}

export class Faults {
  #rules: { rule: FaultRule; left: number }[] = [];

  add(rule: FaultRule): void {
    this.#rules.push({ rule, left: rule.times === 0 ? Infinity : rule.times });
  }

  get rules(): FaultRule[] {
    return this.#rules.map(({ rule }) => rule);
  }

  clear(): void {
    this.#rules = [];
  }

  /** The fault that this request meets, which counts as used. */
  take(seen: SeenRequest): FaultRule | null {
    const found = this.#rules.find(({ rule }) => matches(rule, seen));
    if (!found) return null;
    found.left -= 1;
    if (found.left <= 0) this.#rules = this.#rules.filter((each) => each !== found);
    return found.rule;
  }
}

function matches({ match: wanted }: FaultRule, seen: SeenRequest): boolean {
  return (
    (wanted.operation === undefined || wanted.operation === seen.operation) &&
    (wanted.method === undefined || wanted.method === seen.method) &&
    (wanted.path === undefined || seen.path.startsWith(wanted.path)) &&
    (wanted.referenceId === undefined || wanted.referenceId === seen.referenceId) &&
    (wanted.refundReference === undefined || wanted.refundReference === seen.refundReference)
  );
}
