/** The secrets of `npm start`: they are published with the source, so they protect nothing. */
export const demo = {
  privateKey: 'sk_test_demo',
  apiKey: 'demo-shop-key',
  codecToken: 'demo-codec-token',
  // It shows operators what an encrypted run looks like.
  payloadKey: 'demo=cGF5dG9uZS1wYXltZW50cy1kZW1vLWtleS0zMi1ieSE=',
  outcomeSecret: 'whsec_cGF5dG9uZS1wYXltZW50cy1kZW1vLXNlY3JldA==',
} as const;
