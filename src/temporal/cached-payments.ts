const mib = 1024 * 1024;
const kib = 1024;

/** Measured by `npm run bench:waiting`, in bytes. */
const memoryNeeds = {
  /** Of the heap: SDK, bundle, calls under way; then a payment, with room for one that has seen much. */
  heap: { process: 200 * mib, payment: 160 * kib },
  /** Of all memory: a payment's heap grows before it is collected, and the SDK's native side holds as much again. */
  memory: { process: 256 * mib, payment: 448 * kib },
};

interface Limits {
  /** Of the JavaScript heap (`--max-old-space-size`). */
  readonly heap: number;
  /** Of the container or the machine. */
  readonly memory: number;
}

/**
 * How many payments a worker keeps in memory: one that has to be read and replayed again costs almost half as much
 * CPU as a whole order. Follows both limits, in bytes.
 */
export const cachedPaymentsFor = (limits: Limits): number =>
  Math.max(200, Math.min(fitting(limits.heap, memoryNeeds.heap), fitting(limits.memory, memoryNeeds.memory)));

const fitting = (limit: number, { process, payment }: (typeof memoryNeeds)['heap']): number =>
  Math.floor((limit - process) / payment);
