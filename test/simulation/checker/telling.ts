import type { Evidence, Outcome, Violation } from '../evidence.ts';

const violation = (rule: string, text: string): Violation => ({ rule, text });
const isReview = ({ type }: Outcome): boolean => type === 'payment.review';

/** Each outcome in the order in which it was first taken. */
export function takenOf({ received }: Evidence): Outcome[] {
  const taken = new Map<string, Outcome>();
  for (const { outcome, isTaken } of received)
    if (isTaken && !taken.has(outcome.id)) taken.set(outcome.id, outcome);
  return [...taken.values()];
}

/** One id for one outcome, in order; each effective one takes the place of the one before. */
export function checkTelling(evidence: Evidence): Violation[] {
  const taken = takenOf(evidence);
  return [
    ...sameIds(evidence),
    ...inOrder(evidence),
    ...chained(taken),
    ...onlyOnce(taken),
    ...notHasty(evidence),
  ];
}

function sameIds({ received }: Evidence): Violation[] {
  const bodies = new Map<string, string>();
  for (const { outcome } of received) {
    const body = JSON.stringify(outcome);
    if (bodies.has(outcome.id) && bodies.get(outcome.id) !== body)
      return [violation('outcome ids', `${outcome.id} was used for two outcomes`)];
    bodies.set(outcome.id, body);
  }
  return [];
}

/** The next is sent only once the one before was taken. */
function inOrder({ received }: Evidence): Violation[] {
  const sent = [...new Set(received.map(({ outcome }) => outcome.id))];
  const places = sent.map((id) => Number(id.split('_').at(-1)));
  const isRising = places.every((place, index) => place === index + 1);
  const early = received.find(({ outcome }, index) => {
    const before = received.slice(0, index);
    const previous = sent[sent.indexOf(outcome.id) - 1];
    return previous !== undefined && !before.some((it) => it.isTaken && it.outcome.id === previous);
  });
  if (!isRising) return [violation('outcome order', `sent as ${sent.join(', ')}`)];
  return early
    ? [violation('outcome order', `${early.outcome.id} was sent before the one ahead was taken`)]
    : [];
}

function chained(taken: readonly Outcome[]): Violation[] {
  const effective = taken.filter((outcome) => !isReview(outcome));
  return effective.flatMap(({ id, supersedes }, index) => {
    const before = effective[index - 1]?.id;
    return supersedes === before
      ? []
      : [violation('supersedes', `${id} supersedes ${supersedes ?? 'none'} and not ${before ?? 'none'}`)];
  });
}

function onlyOnce(taken: readonly Outcome[]): Violation[] {
  return taken.flatMap((outcome, index) => {
    const before = taken[index - 1];
    const isSame =
      before?.type === outcome.type &&
      (isReview(outcome) || JSON.stringify(before.data.money) === JSON.stringify(outcome.data.money));
    return isSame ? [violation('told once', `${outcome.type} was told twice in a row as ${outcome.id}`)] : [];
  });
}

const unpaid = ['payment.failed', 'payment.expired', 'payment.canceled'];
const claims = ['processed', 'partially_processed', 'verified'];

/** Nobody is told of an unpaid end while a callback that claims money has no answer. */
function notHasty({ decided, callbacks, requests }: Evidence): Violation[] {
  const hasty = decided.find(
    ({ at, type }) =>
      unpaid.includes(type) &&
      callbacks.some(
        (claim) =>
          claims.includes(claim.status) &&
          claim.at < at &&
          !requests.some(
            ({ shown, isHeard, reference }) =>
              isHeard && reference === claim.reference && shown !== null && shown.updated >= claim.updated,
          ),
      ),
  );
  return hasty
    ? [violation('money first', `${hasty.type} was decided before a callback had its answer`)]
    : [];
}
