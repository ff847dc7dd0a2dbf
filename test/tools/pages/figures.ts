import { stdout } from 'node:process';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../../support/chromium.ts';
import { quantile } from '../bench/summary.ts';
import { startCustomerStand } from '../../support/customers/stand.ts';

// `npm run bench:pages`: how soon customers' pages are there and can be used, on a CPU slowed down four times. Each is
// opened several times by a browser that has kept nothing; the table shows the medians.

const slowdown = 4;
const times = 5;
/** How long nothing may happen after the page has loaded until it counts as quiet. */
const quietMs = 1_000;

interface Figures {
  readonly fcp: number;
  readonly lcp: number;
  /** The first moment after which no long task keeps the page from answering. */
  readonly interactive: number;
  readonly longTasks: number;
  readonly kilobytes: number;
  readonly requests: number;
}

const say = (line: string): void => void stdout.write(`${line}\n`);
const stand = await startCustomerStand();
const browser = await openBrowser();
const order = (name: string): string => `${stand.shop}/orders/${stand.orders[name]?.orderId}`;
const pages = {
  'shop: goods': `${stand.shop}/`,
  'shop: choosing how to pay': `${order('choosing')}/choose`,
  'shop: the order': order('awaiting'),
  'payment page': `${stand.sandbox}/hpp/?cpi=${await stand.newInvoice()}`,
  'return page': `${stand.ingress}/return/page/en/pending`,
};
try {
  say(`CPU slowed down ${slowdown} times; milliseconds, medians of ${times}`);
  say('| page | first paint | largest paint | interactive | long tasks | KB | requests |');
  say('| --- | --- | --- | --- | --- | --- | --- |');
  for (const [name, url] of Object.entries(pages)) {
    await measure(browser, url);
    const all: Figures[] = [];
    for (let time = 0; time < times; time += 1) all.push(await measure(browser, url));
    const cells = (['fcp', 'lcp', 'interactive', 'longTasks', 'kilobytes', 'requests'] as const).map(
      (figure) =>
        quantile(
          all.map((each) => each[figure]),
          0.5,
        ),
    );
    say(`| ${name} | ${cells.map((cell) => Math.round(cell * 10) / 10).join(' | ')} |`);
  }
} finally {
  await browser.close();
  await stand.close();
}

async function measure(from: Browser, url: string): Promise<Figures> {
  const context = await from.newContext({ viewport: { width: 390, height: 844 }, locale: 'en' });
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send('Network.enable');
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  let [bytes, requests] = [0, 0];
  cdp.on('Network.requestWillBeSent', () => (requests += 1));
  cdp.on(
    'Network.dataReceived',
    ({ encodedDataLength, dataLength }) => (bytes += encodedDataLength || dataLength),
  );
  cdp.on('Network.responseReceived', ({ response }) => (bytes += response.encodedDataLength));
  await page.addInitScript(`globalThis.seen = { lcp: 0, long: [] };
    new PerformanceObserver((list) => { seen.lcp = list.getEntries().at(-1).startTime; })
      .observe({ type: 'largest-contentful-paint', buffered: true });
    new PerformanceObserver((list) => seen.long.push(...list.getEntries().map((it) => it.startTime + it.duration)))
      .observe({ type: 'longtask', buffered: true });`);
  await page.goto(url, { waitUntil: 'load' });
  await page.waitForTimeout(quietMs);
  const { fcp, lcp, loaded, long } = await page.evaluate<{
    fcp: number;
    lcp: number;
    loaded: number;
    long: number[];
  }>(`({
    fcp: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
    lcp: seen.lcp,
    long: seen.long,
    loaded: performance.getEntriesByType('navigation')[0].loadEventEnd,
  })`);
  await context.close();
  const interactive = Math.max(fcp, loaded, ...long);
  return { fcp, lcp, interactive, longTasks: long.length, kilobytes: bytes / 1_024, requests };
}
