import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string }[];
}

async function violationsOn(page: Page, options: object = {}): Promise<readonly Violation[]> {
  await page.evaluate(source);
  const { violations } = await page.evaluate<{ violations: readonly Violation[] }>(
    `axe.run(${JSON.stringify(options)})`,
  );
  return violations;
}

const described = (violations: readonly Violation[]): string[] =>
  violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));

/** What axe finds on the page, by any rule that it has on, or by those of `ruleSets`: `rule: element`. */
export const findingsOn = async (page: Page, ruleSets?: readonly string[]): Promise<string[]> =>
  described(await violationsOn(page, ruleSets && { runOnly: ruleSets }));

/** What axe finds on the page that is serious or critical: `rule: element`. */
export const seriousFindings = async (page: Page): Promise<string[]> =>
  described((await violationsOn(page)).filter(({ impact }) => impact === 'serious' || impact === 'critical'));
