/** Nothing more is told here, while the payment goes on: whoever follows it asks again, elsewhere. */
export class FeedStopped extends Error {
  override readonly name = 'FeedStopped';
}
