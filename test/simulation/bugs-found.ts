/** What seeds found that no other test had, with the commit that mended it. */
export const bugsFound: readonly {
  readonly what: string;
  readonly tier: 'domain' | 'workflow' | 'processes';
  readonly seeds: readonly number[];
  readonly mended: string;
}[] = [
  {
    what: "An operator's refund of a review was told as paid first",
    tier: 'domain',
    seeds: [3],
    mended: '271e6b1',
  },
  {
    what: "A visit while a create's result is unknown had the look-up repeated every second",
    tier: 'domain',
    seeds: [327],
    mended: '271e6b1',
  },
  {
    what: 'A refund of money paid in another currency never became processed, by a rounding',
    tier: 'domain',
    seeds: [327],
    mended: '271e6b1',
  },
  {
    what: 'A status went back from failed to creating',
    tier: 'domain',
    seeds: [1045, 1712],
    mended: '271e6b1',
  },
  {
    what: 'Trouble with the services kept a payment from ever ending',
    tier: 'domain',
    seeds: [1143, 3779],
    mended: '271e6b1',
  },
  {
    what: 'Of two changes within a second the later one was never believed',
    tier: 'domain',
    seeds: [1167],
    mended: '271e6b1',
  },
  {
    what: 'A refund of the dashboard that was not yet seen was taken for ours',
    tier: 'domain',
    seeds: [3718],
    mended: '271e6b1',
  },
  {
    what: "An operator's refund of an overdue refund, or of one of the dashboard, did not stand",
    tier: 'domain',
    seeds: [3885, 1226],
    mended: '271e6b1',
  },
  {
    what: "A refund of a stray reference's money was never looked after",
    tier: 'domain',
    seeds: [2498],
    mended: '271e6b1',
  },
  {
    what: 'Giving an overdue refund up had the same money refunded once more',
    tier: 'domain',
    seeds: [2498],
    mended: '271e6b1',
  },
  {
    what: 'A refund that was done was answered as refused after the rest was charged back',
    tier: 'domain',
    seeds: [1992],
    mended: '271e6b1',
  },
  {
    what: 'A dashboard refund that failed made our finished refund refused',
    tier: 'domain',
    seeds: [102741, 106706, 109233],
    mended: 'a3ea5fa',
  },
  {
    what: 'Two chargebacks within one second, with a look between them: the second was seen a day later',
    tier: 'domain',
    seeds: [102902],
    mended: 'a3ea5fa',
  },
  {
    what: "An operator's reject of a missing invoice left a paid order waiting for ever",
    tier: 'domain',
    seeds: [102954],
    mended: '271e6b1',
  },
  {
    what: 'A failed refund of the dashboard made ours refused, or ours that had failed was taken for done',
    tier: 'domain',
    seeds: [1001796, 1025127, 1041245, 1051930],
    mended: 'a5c383b',
  },
  {
    what: "A worker whose clock is behind the ingress's asked without a pause",
    tier: 'domain',
    seeds: [1061539, 1067649],
    mended: 'a5c383b',
  },
  {
    what: 'An order that was canceled while no services were offered, or whose create never came to be known, had no next deadline',
    tier: 'domain',
    seeds: [1022212, 1062272],
    mended: 'a5c383b',
  },
  {
    what: 'A callback with money that was older than an unpaid answer was dropped',
    tier: 'domain',
    seeds: [1058571],
    mended: 'a5c383b',
  },
  {
    what: 'Money after an operator had accepted the silence of an order without an invoice was not looked for',
    tier: 'domain',
    seeds: [1149894],
    mended: 'a5c383b',
  },
  {
    what: 'An old failed refund of the dashboard was laid on ours that was under way',
    tier: 'domain',
    seeds: [3007488],
    mended: '7b8fa61',
  },
  {
    what: "An operator's accept of a contradiction dropped the callback that claimed the money",
    tier: 'domain',
    seeds: [3001307],
    mended: '7b8fa61',
  },
  {
    what: 'A refund that an operator had given up was taken for done by the money of another, or for on its way for ever',
    tier: 'domain',
    seeds: [20029758, 20057659],
    mended: '4957e11',
  },
  {
    what: 'Of a fee on top that was computed again for what was paid, a minor unit stayed behind or was asked back too much',
    tier: 'workflow',
    seeds: [10153, 30673],
    mended: 'bcb32fa',
  },
  {
    what: 'Late money of which a part went back was left with nobody to decide about it; a reviewer found its cases that no plan has, a canceled order that was told paid once its money moved among them',
    tier: 'domain',
    seeds: [40000225],
    mended: '7307667',
  },
  {
    what: 'A repeated refund that was answered by a terse 409 was told refused, and its money asked back once more',
    tier: 'domain',
    seeds: [5000488],
    mended: '5741404',
  },
  {
    what: 'A payment that nothing was asked for any more never ended, since its last question had met an error',
    tier: 'domain',
    seeds: [30012389],
    mended: 'c2357b0',
  },
  {
    what: 'Of money in another currency a fee on top was not seen after a refund in the dashboard, and a refund that was done waited for a person',
    tier: 'domain',
    seeds: [30011294],
    mended: 'c2357b0',
  },
  {
    what: 'A refund that an operator had given up was told processed by the money of the next one',
    tier: 'domain',
    seeds: [7100599],
    mended: '6f2819c',
  },
  {
    what: 'A canceled order was canceling again once its money had moved and was rejected',
    tier: 'domain',
    seeds: [32011277],
    mended: '957295f',
  },
  {
    what: 'A refund that a chargeback hides was asked for again every 1.2 seconds for hours',
    tier: 'domain',
    seeds: [50082311],
    mended: '047eb7f',
  },
  {
    what: 'A claim that nobody asks about any more kept a payment running',
    tier: 'domain',
    seeds: [50038309],
    mended: '047eb7f',
  },
  {
    what: 'The last unit of money paid in another currency, which the platform would not give back, was asked for again without end',
    tier: 'workflow',
    seeds: [71000357],
    mended: '03039e7',
  },
  {
    what: 'A refund that was made though its answers were lost was told refused, since repeating it met 400 twice',
    tier: 'domain',
    seeds: [80052586],
    mended: '07966dd',
  },
];
