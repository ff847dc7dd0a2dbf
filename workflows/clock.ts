/** From 0 to 1, seeded by Temporal: the same at every replay. */
// eslint-disable-next-line no-restricted-properties
export const workflowRandom = (): number => Math.random();

/** Epoch milliseconds of the workflow's own time, which Temporal replays. */
// eslint-disable-next-line no-restricted-globals
export const workflowNow = (): number => Date.now();
