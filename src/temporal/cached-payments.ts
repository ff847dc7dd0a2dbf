const mib = 1024 * 1024;
/** The process itself: SDK, bundle, calls under way. */
const heapOfProcess = 200 * mib;
/** A payment kept in memory, with room for one that has seen much; `npm run bench:waiting` measures it. */
const heapOfPayment = 160 * 1024;

/**
 * How many payments a worker keeps in memory: one that has to be read and replayed again costs almost half as much
 * CPU as a whole order. Follows the heap's limit in bytes (`--max-old-space-size`), which a container sets.
 */
export const cachedPaymentsFor = (heapLimit: number): number =>
  Math.max(200, Math.floor((heapLimit - heapOfProcess) / heapOfPayment));
