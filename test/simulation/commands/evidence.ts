import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { z } from 'zod';
import { root } from '../../support/histories.ts';
import { bugsFound } from '../bugs-found.ts';
import { coreWith } from '../defects.ts';
import { summed } from '../figures.ts';
import { firstFound } from '../finding.ts';
import { dayMs } from '../plan.ts';
import { planOf } from '../planning.ts';
import { play } from '../play.ts';
import { shrink } from '../shrink.ts';
import { abridged, say } from './pool.ts';
import { commitNow, runsOfToday, type Run } from './records.ts';
import { differences } from './saying.ts';

const page = join(root, 'docs/evidence.md');

const tiers = {
  domain: 'Rules alone, virtual time',
  workflow: 'Real workflows, ingress and activities, skipped time',
  processes: 'Built processes that are killed, real time',
} as const;
type Tier = keyof typeof tiers;

/** What no seed reaches; said so that nobody takes silence for safety. */
const notCovered = [
  "The platform itself: the model and the sandbox play what its documents say, and what they leave open as this project reads it. Nothing here has met Paytone's servers.",
  'A PostgreSQL that fails over under the Temporal server.',
  'Where nobody may mount a small disk (that takes root), it is never full.',
  'The sandbox and the order service live in the process that plays a seed, so that what they saw outlives it: their lines are cut and slowed, they are not killed.',
  'The forms and the public API of the platform, and the daily reconciliation as a whole: seeds have one payment looked at as it would.',
  'In skipped time a worker dies by giving no answer, and no time passes for a call without one; real deaths are the third tier.',
  'Two runs of a seed with servers interleave differently: the plan is the same, the order of what happens within milliseconds is not.',
];

/** Writes docs/evidence.md from what was run on the product as it stands. */
export async function writeEvidence(): Promise<void> {
  const runs = runsOfToday();
  const lines = [
    '# Evidence',
    '',
    '<!-- Made by `npm run evidence`; not by hand. -->',
    '',
    `Of commit ${commitNow()}, from what was run on the product as it stands there (\`.cache/simulation\`). What the seeds plan, and how they are judged: \`test/simulation\`.`,
    '',
    ...seedTable(runs),
    ...countTable('Faults, by kind', 'Fault', summed(runs.map(({ faults }) => faults))),
    ...countTable('Kills (SIGKILL)', 'Process', summed(runs.map(({ kills }) => kills))),
    ...defectTable(runs),
    ...bugTable(),
    ...failingSeed(),
    ...otherEvidence(),
    '## What is not covered',
    '',
    ...notCovered.map((line) => `- ${line}`),
    '',
  ];
  const options = { ...(await resolveConfig(page)), filepath: page };
  writeFileSync(page, await format(lines.join('\n'), options));
  say(`${page}: ${runs.length} runs`);
}

const isTier = (tier: Run['tier']): tier is Tier => tier in tiers;

function seedTable(runs: readonly Run[]): string[] {
  const rows = (Object.keys(tiers) as Tier[]).map((tier) => {
    const own = runs.filter((run) => isTier(run.tier) && run.tier === tier);
    const sum = (part: (run: Run) => number): number => own.reduce((total, run) => total + part(run), 0);
    const days = sum((run) => run.livedMs) / dayMs;
    const ranges = own.map(({ from, seeds }) => `${from}+${seeds}`).join(', ');
    return [
      `${tiers[tier]} (\`--${tier}\`)`,
      number(sum((run) => run.seeds)),
      ranges || 'none',
      number(Math.round(days)),
      number(sum((run) => run.requests)),
      number(sum((run) => run.violations.length)),
      `${Math.round(sum((run) => run.seconds))} s`,
    ];
  });
  const violations = runs.flatMap(({ tier, violations: own }) =>
    own.map(({ seed, rules }) => `- ${tier}, seed ${seed}: ${rules.join(', ')}`),
  );
  return [
    '## Seeds',
    '',
    ...table(
      ['Tier', 'Seeds', 'From + count', 'Days lived', 'Requests to the platform', 'Violations', 'Took'],
      rows,
    ),
    ...(violations.length > 0 ? ['Violations:', '', ...violations, ''] : []),
  ];
}

function countTable(title: string, name: string, counts: Readonly<Record<string, number>>): string[] {
  const rows = Object.entries(counts)
    .toSorted(([, a], [, b]) => b - a)
    .map(([what, count]) => [what, number(count)]);
  return [`## ${title}`, '', ...(rows.length > 0 ? table([name, 'Times'], rows) : ['None yet.', ''])];
}

function defectTable(runs: readonly Run[]): string[] {
  const found = runs.findLast((run) => run.found !== undefined)?.found ?? {};
  const rows = Object.entries(found)
    .toSorted(([, a], [, b]) => (a ?? Infinity) - (b ?? Infinity))
    .map(([name, sequences]) => [name, sequences === null ? 'not found' : number(sequences)]);
  const few = Object.values(found).filter((sequences) => (sequences ?? Infinity) <= 500).length;
  return [
    '## Planted defects',
    '',
    `Mistakes that the product could make, planted one at a time; each is found where a rule is broken that the product keeps with the same seed. ${few} of ${rows.length} were found within 500 seeds.`,
    '',
    ...table(['Defect', 'Seeds until it was found'], rows),
  ];
}

const bugTable = (): string[] => [
  '## Bugs that seeds found',
  '',
  ...table(
    ['Bug', 'Tier', 'Seeds', 'Mended by'],
    bugsFound.map(({ what, tier, seeds, mended }) => [what, tier, seeds.join(', '), mended]),
  ),
];

const shownDefect = 'supersedes-left-out';

/** What a reader gets of a seed that fails: here by a planted defect. */
function failingSeed(): string[] {
  const core = coreWith(shownDefect);
  const found = firstFound(shownDefect, { from: 0, count: 500 });
  if (!found) return [];
  const smallest = shrink(planOf(found.seed), found.rule, core);
  const { timeline, violations } = play(smallest, { core, hasTimeline: true });
  return [
    '## A failing seed',
    '',
    `As \`npm run simulate -- --seed ${found.seed} --defect ${shownDefect}\` shows it, with the plan shrunk to what still breaks the rule:`,
    '',
    '```text',
    `plan ${JSON.stringify(differences(smallest))}`,
    ...abridged(timeline),
    ...violations.map(({ rule, text }) => `VIOLATION ${rule}: ${text}`),
    '```',
    '',
  ];
}

const mutants = z.looseObject({ score: z.number() });

function otherEvidence(): string[] {
  const folder = join(root, 'test/histories');
  const versions = readdirSync(folder, { withFileTypes: true }).filter((it) => it.isDirectory());
  const histories = versions.map(
    ({ name }) => `${readdirSync(join(folder, name)).filter((it) => it.endsWith('.json')).length} of ${name}`,
  );
  const report = join(root, '.cache/mutants.json');
  const score = existsSync(report) ? mutants.parse(JSON.parse(readFileSync(report, 'utf8'))).score : null;
  return [
    '## Beside the seeds',
    '',
    `- Recorded histories that every run of the tests replays: ${histories.join(', ') || 'none'}.`,
    `- Mutation score: ${score === null ? 'not measured on this machine' : score}.`,
    '',
  ];
}

const number = (value: number): string => value.toLocaleString('en-US');

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  `| ${head.join(' | ')} |`,
  `| ${head.map(() => '---').join(' | ')} |`,
  ...rows.map((cells) => `| ${cells.join(' | ')} |`),
  '',
];
