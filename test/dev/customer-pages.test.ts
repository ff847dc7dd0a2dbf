import { mkdir } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noBrowser, openBrowser } from '../support/chromium.ts';
import { fewLooks, lookAt, type Look } from '../support/customers/look.ts';
import { customerPages } from '../support/customers/page-list.ts';
import { startCustomerStand, type CustomerStand } from '../support/customers/stand.ts';

const folder = '.cache/screenshots/customers';

// Each page once; `npm run pages` takes every look at each.
describe.skipIf(noBrowser !== null)('the pages that customers see', () => {
  let stand: CustomerStand;
  let browser: Browser;
  beforeAll(async () => {
    await mkdir(folder, { recursive: true });
    stand = await startCustomerStand();
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await stand.close();
  });

  const nameOf = ({ language, width, scheme }: Look): string => `${language}, ${width} px, ${scheme}`;

  it.each(fewLooks.map((look, index) => [nameOf(look), look, index] as const))(
    'break no rule of axe, fit the screen, and speak the language: %s',
    async (_, look, turn) => {
      const pages = customerPages(stand).filter((_page, index) => index % fewLooks.length === turn);
      const found: string[] = [];
      await lookAt(browser, look, {
        pages,
        folder,
        onFaults: ({ name }, { axe, others }) =>
          found.push(...[...axe, ...others].map((each) => `${name}: ${each}`)),
      });
      expect(pages.length).toBeGreaterThan(10);
      expect(found).toEqual([]);
    },
  );
});
