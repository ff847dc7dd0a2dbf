import type { Core } from './life/core.ts';
import { calmPlan, type Plan, type Step } from './plan.ts';
import { play } from './play.ts';

/** The fewest events of a plan that still break the same rule, everything else as calm as can be. */
export function shrink(plan: Plan, rule: string, core: Core): Plan {
  const fails = (candidate: Plan): boolean =>
    play(candidate, { core }).violations.some((violation) => violation.rule === rule);
  let smallest = plan;
  for (let isSmaller = true; isSmaller;) {
    const candidate = simplerOf(smallest).find(fails);
    isSmaller = candidate !== undefined;
    smallest = candidate ?? smallest;
  }
  return smallest;
}

/** Plans that are a little simpler, those with the most taken away first. */
export function simplerOf(plan: Plan): Plan[] {
  const { steps } = plan;
  const half = Math.ceil(steps.length / 2);
  const fewer = [
    ...(steps.length > 3 ? [steps.slice(0, half), steps.slice(half)] : []),
    ...steps.map((_, index) => steps.toSpliced(index, 1)),
  ];
  return [
    ...fewer.map((some) => ({ ...plan, steps: some })),
    ...plan.operators.map((_, index) => ({ ...plan, operators: plan.operators.toSpliced(index, 1) })),
    ...calmer(plan),
    ...steps.flatMap((step, index) => plainer(step).map((it) => ({ ...plan, steps: steps.with(index, it) }))),
  ];
}

function calmer(plan: Plan): Plan[] {
  const { manners } = plan;
  const candidates: Plan[] = [
    { ...plan, skews: calmPlan.skews },
    { ...plan, policy: { ...calmPlan.policy, ttlSeconds: plan.policy.ttlSeconds } },
    { ...plan, policy: { ...plan.policy, ttlSeconds: calmPlan.policy.ttlSeconds } },
    { ...plan, policy: { ...plan.policy, maxAttempts: calmPlan.policy.maxAttempts } },
    { ...plan, amount: calmPlan.amount },
    { ...plan, currency: calmPlan.currency },
    { ...plan, flow: calmPlan.flow },
    { ...plan, hasService: true },
    { ...plan, latencyMs: calmPlan.latencyMs },
    { ...plan, factsPerRun: calmPlan.factsPerRun },
    { ...plan, manners: calmPlan.manners },
    { ...plan, manners: { ...manners, fee: 'none' } },
    { ...plan, manners: { ...manners, refunds: manners.refunds.slice(0, 1) } },
    { ...plan, manners: { ...manners, refunds: calmPlan.manners.refunds } },
    { ...plan, manners: { ...manners, countsPending: false } },
    { ...plan, manners: { ...manners, saysFailed: false } },
    { ...plan, manners: { ...manners, isUnique: true } },
    { ...plan, manners: { ...manners, isTerse: false } },
    { ...plan, manners: { ...manners, roundsDown: false } },
    { ...plan, manners: { ...manners, lost: 0 } },
    { ...plan, manners: { ...manners, twice: 0 } },
    { ...plan, manners: { ...manners, late: 0 } },
  ];
  const before = JSON.stringify(plan);
  return candidates.filter((candidate) => JSON.stringify(candidate) !== before);
}

function plainer(step: Step): Step[] {
  if (step.kind === 'pay' && step.share !== 1) return [{ ...step, share: 1 }];
  if (step.kind === 'dashboard_refund' && step.fate.afterMs !== 0)
    return [{ ...step, fate: { ends: 'done', afterMs: 0 } }];
  return [];
}
