const running = "ExecutionStatus = 'Running'";
const openPayments = `${running} AND WorkflowType = 'payment' AND PaymentStatus IN ('choosing', 'creating', 'awaiting_payment', 'canceling')`;

/** What operators look for, as queries of the Temporal UI, whose own saved views are each browser's. */
const views: readonly { readonly name: string; readonly query: string }[] = [
  { name: 'Needs attention', query: `PaymentAttention IS NOT NULL AND ${running}` },
  {
    name: 'Late money',
    query: `${running} AND (PaymentAttention = 'late-money' OR (WorkflowType = 'aftermath' AND PaymentStatus = 'review'))`,
  },
  { name: 'Refunds under way', query: `PaymentStatus = 'refunding' AND ${running}` },
  {
    name: 'Outcomes not taken',
    query: `PaymentAttention IN ('outcome-failing', 'outcome-parked') AND ${running}`,
  },
  { name: 'Large and open (1,000 or more)', query: `PaymentAmount >= 1000 AND ${openPayments}` },
  { name: 'Open, the oldest last', query: openPayments },
];

/** Links into a Temporal UI. */
export const viewsOf = (ui: string, namespace: string): { readonly name: string; readonly url: string }[] =>
  views.map(({ name, query }) => ({
    name,
    url: `${ui}/namespaces/${encodeURIComponent(namespace)}/workflows?query=${encodeURIComponent(query)}`,
  }));
