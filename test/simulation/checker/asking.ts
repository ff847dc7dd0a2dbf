import type { Evidence, Request, Violation } from '../evidence.ts';
import { hourMs, secondMs, type Step } from '../plan.ts';
import { isStray } from './holding.ts';

/** Nothing that goes wrong makes a payment ask more often than that. */
const mostRequestsAnHour = 400;
/** What a callback says is known within so long, where nothing is disturbed. */
const promptMs = 90 * secondMs;

export function checkAsking(evidence: Evidence): Violation[] {
  return [...callbacks(evidence), ...creates(evidence), ...oneInvoice(evidence), ...bounded(evidence)];
}

const isRead = ({ operation }: Request): boolean => operation === 'byId' || operation === 'byReference';
const passing = ['process_pending', 'created', 'refund_pending'];

/** A callback that was taken led to a look that began after it, or an answer showed what it says. */
function callbacks({ acts, callbacks: all, requests, plan }: Evidence): Violation[] {
  const isCalm = plan.steps.every(isHarmless);
  const lost = all.find(({ reference, status, updated, at }) => {
    if (passing.includes(status)) return false;
    const ofIt = requests.filter((it) => it.reference === reference);
    const answer = ofIt.find(({ shown, isHeard }) => isHeard && shown !== null && shown.updated >= updated);
    // An operator who rejects what a callback claims ends the questions about it.
    const isRejected = acts.some((act) => act.kind === 'reject' && act.at >= at && act.at <= at + promptMs);
    if (isCalm && !isRejected) return (answer?.at ?? Infinity) > at + promptMs;
    return !answer && !ofIt.some((it) => isRead(it) && it.at >= at);
  });
  const soon = isCalm ? 'soon ' : '';
  return lost
    ? [
        {
          rule: 'callbacks',
          text: `no answer ${soon}after the callback: ${lost.reference} is ${lost.status}`,
        },
      ]
    : [];
}

/** Nothing that keeps a look from being answered within seconds. */
const isHarmless = (step: Step): boolean =>
  step.kind === 'lag'
    ? step.ms <= 20 * secondMs
    : step.kind !== 'death' && step.kind !== 'no_worker' && step.kind !== 'mishap';

const isClear = ({ status, isHeard }: Request): boolean =>
  isHeard && (status === 401 || status === 403 || status === 429);

/** A create whose result nobody knows is repeated only after a look-up. */
function creates({ requests }: Evidence): Violation[] {
  const open = new Map<string, boolean>();
  for (const request of requests) {
    const { operation, reference, status } = request;
    if (operation === 'byReference' && (status === 200 || status === 404) && request.isHeard)
      open.delete(reference);
    if (operation !== 'create') continue;
    if (open.has(reference))
      return [{ rule: 'look-up first', text: `${reference} was created again without a look-up` }];
    if (!isClear(request)) open.set(reference, true);
  }
  return [];
}

function oneInvoice({ invoices, plan, requests }: Evidence): Violation[] {
  const isBlind =
    plan.steps.some((step) => step.kind === 'lag') ||
    requests.some(({ operation, status }) => operation === 'byReference' && status === 404) ||
    invoices.some(isStray);
  const references = invoices.map(({ asked }) => asked.reference);
  const twice = references.find((reference, index) => references.indexOf(reference) !== index);
  return isBlind || twice === undefined
    ? []
    : [{ rule: 'one invoice', text: `${twice} has more than one invoice` }];
}

function bounded({ requests }: Evidence): Violation[] {
  const isCrowded = requests.some((request, index) => {
    const later = requests[index + mostRequestsAnHour];
    return later !== undefined && later.at - request.at < hourMs;
  });
  return isCrowded ? [{ rule: 'bounded', text: `more than ${mostRequestsAnHour} requests in an hour` }] : [];
}
