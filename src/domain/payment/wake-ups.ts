import type { InvoiceSnapshot } from '../invoice/invoice.ts';
import { claimsSuccess, meaningOf, stateOf } from '../invoice/invoice-state.ts';
import { isNews, mayHaveGrown } from '../invoice/money-beats-none.ts';
import { secondMs } from '../time.ts';
import type { Payment, Polls, WakeUp, Watched } from './payment.ts';
import { pauseAfterOlder, pauseAfterRejection, pauseBetweenVisits } from './pauses.ts';

/** So many answers older than a claim, and nobody expects a newer one any more. */
const mostContradictions = 12;
/** A visit claims nothing: after so many questions without an answer the schedule goes on alone. */
const mostAsksOfVisit = 4;

export type NewWakeUp = Omit<WakeUp, 'isAsked' | 'contradicted' | 'firstAskedAt'>;

/** Something was claimed of the invoice; a visit (a return, an operator's question) claims nothing. */
const isClaim = ({ status, updated }: NewWakeUp): boolean => status !== null || updated !== null;

/** With one more wake-up; those of a kind are one, since one answer is enough for them. */
export function woken<Of extends Watched>(watched: Of, wakeUp: NewWakeUp): Of {
  const { seen } = watched;
  if (isClaim(wakeUp) && seen && !isNews(wakeUp, seen.snapshot, seen.askedAt)) return watched;
  const fresh: WakeUp = { ...wakeUp, isAsked: false, contradicted: 0, firstAskedAt: null };
  const same = watched.wakeUps.find((it) => it.source === wakeUp.source && isClaim(it) === isClaim(wakeUp));
  if (!same) return { ...watched, wakeUps: [...watched.wakeUps, fresh] };
  const joined = join(same, fresh);
  return { ...watched, wakeUps: watched.wakeUps.map((it) => (it === same ? joined : it)) };
}

/** A callback after the end matters only where it goes beyond what the platform had said by then. */
export function bringsNews(
  { attempts, strays }: Payment,
  claim: Pick<WakeUp, 'status' | 'updated'> & { readonly attempt: number },
): boolean {
  const seen = [...attempts, ...strays].find(({ number }) => number === claim.attempt)?.seen;
  return !seen || isNews(claim, seen.snapshot, seen.askedAt);
}

/** The later visit, or the claim that tells more. */
function join(a: WakeUp, b: WakeUp): WakeUp {
  if (!isClaim(a)) return { ...b, at: Math.max(a.at, b.at), day: [a.day, b.day].filter(Boolean).sort()[0] };
  const [left, right] = [rankOf(a), rankOf(b)];
  return left[0] > right[0] || (left[0] === right[0] && left[1] >= right[1]) ? a : b;
}

const rankOf = ({ status, updated }: WakeUp): readonly [number, number] => [
  claimsSuccess(status) ? 1 : 0,
  updated ?? 0,
];

/** The wake-ups that an answer leaves unanswered: what it began before, or what it is older than. */
export function unansweredBy(
  wakeUps: readonly WakeUp[],
  { snapshot, askedAt }: { readonly snapshot: InvoiceSnapshot | null; readonly askedAt: number },
): WakeUp[] {
  const rank = snapshot ? meaningOf(stateOf(snapshot)).rank : 0;
  return wakeUps
    .filter((wakeUp) => !isWakeUpAnswered(wakeUp, { snapshot, askedAt, rank }))
    .map((wakeUp) => contradictedOnceMore(wakeUp, askedAt))
    .filter((wakeUp) => isWorthAsking(wakeUp, rank));
}

/** A question that was left without an answer. */
export const unansweredAt = (wakeUps: readonly WakeUp[], askedAt: number): WakeUp[] =>
  wakeUps
    .map((wakeUp) => (isClaim(wakeUp) ? { ...wakeUp, isAsked: true } : contradictedOnceMore(wakeUp, askedAt)))
    .filter((wakeUp) => isWorthAsking(wakeUp, 0));

const contradictedOnceMore = (wakeUp: WakeUp, askedAt: number): WakeUp => ({
  ...wakeUp,
  isAsked: true,
  contradicted: wakeUp.contradicted + 1,
  firstAskedAt: wakeUp.firstAskedAt ?? askedAt,
});

const isWorthAsking = (wakeUp: WakeUp, rank: number): boolean =>
  isClaim(wakeUp)
    ? rank < 2 || wakeUp.contradicted < mostContradictions
    : wakeUp.contradicted < mostAsksOfVisit;

interface PolledAnswer {
  readonly snapshot: InvoiceSnapshot | null;
  readonly askedAt: number;
  readonly rank: number;
}

function isWakeUpAnswered(wakeUp: WakeUp, { snapshot, askedAt, rank }: PolledAnswer): boolean {
  const { status, updated, at } = wakeUp;
  if (!isClaim(wakeUp)) return askedAt >= at;
  if (!snapshot) return false;
  // Success is not given up for a claim of none, nor a claim of success for none.
  const isSuccess = rank === 2;
  if (isSuccess !== claimsSuccess(status)) return isSuccess;
  if (updated === null) return status === snapshot.status || askedAt >= at;
  if (snapshot.updated !== updated) return snapshot.updated > updated;
  const hasAll = askedAt >= at || !mayHaveGrown({ status, updated }, askedAt);
  return hasAll && isAsFar(status, snapshot);
}

/** What an answer says of the very second of a claim goes as far as that. */
const isAsFar = (status: string | null, snapshot: InvoiceSnapshot): boolean =>
  status === snapshot.status || meaningOf(stateOf(snapshot)).rank > 0;

/** A signed callback says that there is money, and the platform has not answered it. */
export const owesMoneyAnswer = ({ wakeUps }: Watched): boolean =>
  wakeUps.some(({ status }) => claimsSuccess(status));

/** When the platform is asked because of what happened; null where nothing did, or only the schedule is left. */
export function wakeUpPollAt({ wakeUps, polls }: Watched): number | null {
  const ats = wakeUps.flatMap((wakeUp) => askAt(wakeUp, polls) ?? []);
  return ats.length > 0 ? Math.min(...ats) : null;
}

/** A pause that was over when it happened is not waited for: the payment's own clock may be as old as the last poll. */
function askAt(wakeUp: WakeUp, polls: Polls): number | null {
  const { lastAt } = polls;
  if (lastAt === null) return 0;
  const pauseMs = pauseBeforePoll(wakeUp, { ...polls, lastAt });
  if (pauseMs === null) return null;
  return !wakeUp.isAsked && wakeUp.at >= lastAt + pauseMs ? 0 : lastAt + pauseMs;
}

function pauseBeforePoll(
  wakeUp: WakeUp,
  { lastAt, failed, uneventful }: Polls & { readonly lastAt: number },
): number | null {
  if (!isClaim(wakeUp)) return wakeUp.source === 'operator' ? secondMs : pauseBetweenVisits(uneventful);
  if (wakeUp.contradicted >= mostContradictions) return null;
  if (failed > 0 && wakeUp.at <= lastAt) return pauseAfterRejection(failed - 1);
  return wakeUp.contradicted > 0 ? pauseAfterOlder(wakeUp.contradicted) : secondMs;
}
