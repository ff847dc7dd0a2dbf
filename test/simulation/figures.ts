import type { Violation } from './evidence.ts';
import { calmPlan, type Plan, type Step } from './plan.ts';

export interface Failure {
  readonly seed: number;
  readonly violations: readonly Violation[];
}

/** What seeds came to, in any tier. */
export interface Figures {
  readonly seeds: number;
  readonly requests: number;
  /** Milliseconds that payments lived, virtual ones where time is. */
  readonly livedMs: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly failures: readonly Failure[];
}

export type Counts = Readonly<Record<string, number>>;

export function summed(counts: readonly Counts[]): Counts {
  const sums: Record<string, number> = {};
  for (const count of counts)
    for (const [name, number] of Object.entries(count)) sums[name] = (sums[name] ?? 0) + number;
  return sums;
}

export function joined(all: readonly Figures[]): Figures {
  const sum = (part: (it: Figures) => number): number => all.reduce((total, it) => total + part(it), 0);
  return {
    seeds: sum((it) => it.seeds),
    requests: sum((it) => it.requests),
    livedMs: sum((it) => it.livedMs),
    faults: summed(all.map(({ faults }) => faults)),
    failures: all.flatMap(({ failures }) => failures).toSorted((a, b) => a.seed - b.seed),
  };
}

/** What goes wrong around a payment by its plan. */
export function faultsOf({ steps, manners, skews }: Plan): Counts {
  const kinds = [
    ...steps.flatMap((step) => kindOf(step) ?? []),
    ...(manners.lost > 0 ? ['plans that lose callbacks'] : []),
    ...(manners.twice > 0 ? ['plans that repeat callbacks'] : []),
    ...(manners.late > 0 ? ['plans with late and overtaking callbacks'] : []),
    ...(JSON.stringify(skews) === JSON.stringify(calmPlan.skews) ? [] : ['plans whose clocks are apart']),
  ];
  return summed(kinds.map((kind) => ({ [kind]: 1 })));
}

function kindOf(step: Step): string | null {
  switch (step.kind) {
    case 'mishap': {
      const what = step.mishap.status === 'none' ? 'gives no answer' : `answers ${step.mishap.status}`;
      return `platform ${what}${step.mishap.effect ? ' after its effect' : ''}`;
    }
    case 'lag':
      return 'platform answers what was';
    case 'receiver':
      return step.answer === 'lost'
        ? 'answer of the order service is lost'
        : `order service answers ${step.answer}`;
    case 'death':
      return 'worker dies in a call';
    case 'no_worker':
      return 'no worker for a while';
    default:
      return null;
  }
}
