import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openApiDocument } from '../../src/ingress/docs/openapi.ts';
import { findingsOn } from '../support/axe.ts';
import { noBrowser, openBrowser } from '../support/chromium.ts';
import { loneKey, startLoneIngress } from '../support/lone-ingress.ts';

const guides = [
  'Quick start',
  'Outcomes (webhooks)',
  'Errors',
  'Ten bad nights',
  'Test cards',
  'Test it',
  'Versions',
  'Go live',
];

describe.skipIf(noBrowser !== null)('the page of the order API', () => {
  let ingress: Awaited<ReturnType<typeof startLoneIngress>>;
  let browser: Browser;
  let page: Page;
  /** What the browser refused or asked of others. */
  let amiss: string[];
  beforeAll(async () => {
    ingress = await startLoneIngress();
    browser = await openBrowser();
  });
  beforeEach(async () => {
    amiss = [];
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.on('request', (request) => {
      if (!request.url().startsWith(ingress.url)) amiss.push(request.url());
    });
    page.on('pageerror', (error) => amiss.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') amiss.push(message.text());
    });
    await page.goto(`${ingress.url}/docs`);
  });
  afterEach(() => page.close());
  afterAll(async () => {
    await browser.close();
    await ingress.stop();
  });

  it('shows every call and the guide, from this origin alone', async () => {
    const contents = page.getByRole('complementary');
    for (const group of ['Open Introduction', 'Outcomes Open Group', 'Reports Open Group'])
      await contents.getByRole('button', { name: group }).click();
    const calls = Object.values<Record<string, { summary: string }>>(openApiDocument.paths).flatMap(
      (methods) => Object.values(methods),
    );
    const summaries = calls.map(({ summary }) => `${summary} HTTP Method`);
    for (const name of [...summaries, ...guides]) await contents.getByRole('button', { name }).waitFor();
    await page.screenshot({ path: '.cache/screenshots/docs.png' });
    expect(amiss).toEqual([]);
  });

  it('sends a request for those who try one', async () => {
    await page.getByRole('button', { name: /Test Request.*get \/v1\/services/i }).click();
    await page.getByPlaceholder('Token').locator('visible=true').last().fill(loneKey);
    const answered = page.waitForResponse((response) => response.url().includes('/v1/services?'));
    await page.getByRole('button', { name: /^Send/ }).first().click();
    const answer = await answered;
    expect(answer.request().headers()['authorization']).toBe(`Bearer ${loneKey}`);
    // The platform is out of reach here.
    expect(answer.status()).toBe(503);
    await page.getByText('503 Service Unavailable').waitFor();
    await page.screenshot({ path: '.cache/screenshots/docs-tried.png' });
    expect(await findingsOn(page)).toEqual([]);
  });

  it.each([
    ['light', 1280],
    ['dark', 390],
  ] as const)('breaks no rule of axe, %s at %i px', async (colorScheme, width) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    await page.reload();
    await page.getByRole('heading', { name: 'Models' }).waitFor();
    await page.screenshot({ path: `.cache/screenshots/docs-${colorScheme}-${width}.png` });
    const more = page.getByRole('button', { name: 'Show More' });
    while ((await more.count()) > 0) await more.first().click();
    expect(await findingsOn(page)).toEqual([]);
  });
});
