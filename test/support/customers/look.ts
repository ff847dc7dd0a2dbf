import type { Browser } from 'playwright-core';
import { faultsOf, type PageFaults } from './page-faults.ts';
import { languages, type CustomerPage, type Language } from './page-list.ts';

const widths = [320, 390, 1280] as const;
const schemes = ['light', 'dark'] as const;

/** Who looks at a page: in which language, at which width, light or dark. */
export interface Look {
  readonly language: Language;
  readonly width: (typeof widths)[number];
  readonly scheme: (typeof schemes)[number];
}

export const allLooks: readonly Look[] = languages.flatMap((language) =>
  widths.flatMap((width) => schemes.map((scheme) => ({ language, width, scheme }))),
);

/** Three of them: each language and each width once, light and dark. */
export const fewLooks: readonly Look[] = [
  { language: 'en', width: 1280, scheme: 'light' },
  { language: 'uk', width: 320, scheme: 'dark' },
  { language: 'ru', width: 390, scheme: 'light' },
];

type Found = (page: CustomerPage, faults: PageFaults) => void;

/** Looks at one page after another, and keeps a screenshot of each in `folder`. */
export async function lookAt(
  browser: Browser,
  { language, width, scheme }: Look,
  { pages, folder, onFaults }: { pages: readonly CustomerPage[]; folder: string; onFaults: Found },
): Promise<void> {
  const viewport = { width, height: width < 500 ? 720 : 800 };
  const context = await browser.newContext({ viewport, locale: language, colorScheme: scheme });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  for (const each of pages) {
    try {
      await each.open(page, language);
      const file = `${each.name.replace(/\W+/g, '-')}.${language}.${width}.${scheme}.png`;
      await page.screenshot({ path: `${folder}/${file}`, fullPage: true });
      onFaults(each, await faultsOf(page, language));
    } catch (error) {
      const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
      onFaults(each, { axe: [], others: [`cannot be looked at: ${why}`] });
    }
    await page.unrouteAll();
    await context.clearCookies();
  }
  await context.close();
}
