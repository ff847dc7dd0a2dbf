/** How long a request's head and body may take, and how large the head may be; looked after every second. */
export const serverLimits = {
  headersTimeout: 10_000,
  requestTimeout: 10_000,
  connectionsCheckingInterval: 1_000,
  maxHeaderSize: 16_384,
};
