/** What the key of an order service may do. */
export const rights = ['payments', 'refunds', 'reports', 'read'] as const;
export type Right = (typeof rights)[number];
