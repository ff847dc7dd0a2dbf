import { perRound, type Range } from '../batch.ts';
import { faultsOf, joined, type Figures } from '../figures.ts';
import type { Plan } from '../plan.ts';
import { planOf } from '../planning.ts';
import { simplerOf } from '../shrink.ts';
import type { PlayedPayment } from './performance.ts';
import { StandstillError } from './environment.ts';
import { startTheatre, type Theatre } from './theatre.ts';

const mostShrunk = 1;
const mostRounds = 10;

/** A failing seed, with fewer events that break the same rule, and what then happened. */
export interface Shrunk {
  readonly rule: string;
  readonly plan: Plan;
  readonly timeline: readonly string[];
}

export interface PlayedRange {
  readonly figures: Figures;
  readonly shrunk: readonly Shrunk[];
  /** Not played, since the server stood still in the first of them. */
  readonly left: Range | null;
}

const figuresOf = ({ plan, evidence, violations, livedMs }: PlayedPayment): Figures => ({
  seeds: 1,
  requests: evidence.requests.length,
  livedMs,
  faults: faultsOf(plan),
  failures: violations.length > 0 ? [{ seed: plan.seed, violations }] : [],
});

/** Plays a range of seeds on one server, and shrinks the first that breaks a rule. */
export async function playRange({ from, count }: Range, lane: number): Promise<PlayedRange> {
  const theatre = await startTheatre(lane);
  const figures: Figures[] = [];
  const failing: PlayedPayment[] = [];
  for (let first = from; first < from + count; first += perRound) {
    const plans = Array.from({ length: Math.min(perRound, from + count - first) }, (_, i) =>
      planOf(first + i),
    );
    const round = await theatre.play(plans).catch(nullAtStandstill);
    if (!round) {
      await theatre.abandon();
      return { figures: joined(figures), shrunk: [], left: { from: first, count: from + count - first } };
    }
    for (const played of round) {
      figures.push(figuresOf(played));
      if (played.violations.length > 0) failing.push(played);
    }
  }
  const shrunk: Shrunk[] = [];
  for (const played of failing.slice(0, mostShrunk)) shrunk.push(await shrinkThere(theatre, played));
  await theatre.close();
  return { figures: joined(figures), shrunk, left: null };
}

function nullAtStandstill(error: unknown): null {
  if (error instanceof StandstillError) return null;
  throw error;
}

/** All that are a little simpler are played at once; the first that still breaks the rule is the next to shrink. */
async function shrinkThere(theatre: Theatre, failing: PlayedPayment): Promise<Shrunk> {
  const rule = failing.violations[0]?.rule ?? '';
  let smallest = failing;
  for (let round = 0; round < mostRounds; round += 1) {
    const candidates = await theatre.play(simplerOf(smallest.plan).slice(0, perRound));
    const failed = candidates.find(({ violations }) => violations.some((it) => it.rule === rule));
    if (!failed) break;
    smallest = failed;
  }
  return { rule, plan: smallest.plan, timeline: smallest.timeline };
}
