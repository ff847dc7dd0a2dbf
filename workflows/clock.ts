/** Epoch milliseconds of the workflow's own time, which Temporal replays. */
// eslint-disable-next-line no-restricted-globals
export const workflowNow = (): number => Date.now();
