import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string }[];
}

async function violationsOn(page: Page): Promise<readonly Violation[]> {
  await page.evaluate(source);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } }).axe.run(),
  );
  return violations;
}

const described = (violations: readonly Violation[]): string[] =>
  violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));

/** What axe finds on the page, by any of its rules: `rule: element`. */
export const findingsOn = async (page: Page): Promise<string[]> => described(await violationsOn(page));

/** What axe finds on the page that is serious or critical: `rule: element`. */
export const seriousFindings = async (page: Page): Promise<string[]> =>
  described((await violationsOn(page)).filter(({ impact }) => impact === 'serious' || impact === 'critical'));
