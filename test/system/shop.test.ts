import type { Browser, Page } from 'playwright-core';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  inject,
  it,
  onTestFinished,
} from 'vitest';
import { startShop } from '../../src/dev/shop/shop.ts';
import { shopWords } from '../../src/dev/shop/words.ts';
import { seriousFindings } from '../support/axe.ts';
import { noBrowser, openBrowser } from '../support/chromium.ts';
import { sandboxControl } from '../support/sandbox-control.ts';
import { startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

const { en, uk } = shopWords;

const screens = {
  phone: { width: 390, height: 844 },
  desktop: { width: 1280, height: 800 },
};

describe.skipIf(noBrowser !== null)('the demo shop', () => {
  let product: WholeProduct;
  /** A shop whose order API is not there. */
  let cutOff: Awaited<ReturnType<typeof startShop>>;
  let browser: Browser;
  beforeAll(async () => {
    cutOff = await startShop({ port: 0, apiUrl: 'http://127.0.0.1:1', apiKey: 'none', outcomeSecrets: [] });
    product = await startWholeProduct(inject('temporalCliPath'));
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await cutOff.close();
    await product.stop();
  });

  describe.each(Object.entries(screens))('on a %s', (screen, viewport) => {
    let page: Page;
    beforeEach(async () => {
      page = await browser.newPage({ viewport });
      page.setDefaultTimeout(15_000);
    });
    afterEach(async ({ task }) => {
      if (task.result?.state === 'fail') await shot('failed');
      await page.close();
    });

    /** A screenshot to look at; on a page of the shop, nothing wrong for those who cannot look, or have a phone. */
    async function shot(name: string): Promise<void> {
      await page.screenshot({ path: `.cache/screenshots/shop-${screen}-${name}.png`, fullPage: true });
      if (![product.shop, cutOff.url].some((url) => page.url().startsWith(url))) return;
      expect(await seriousFindings(page)).toEqual([]);
      const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
      expect(overflow).toBe(0);
    }

    async function checkOut(locale = 'en'): Promise<string> {
      await page.goto(`${product.shop}/?locale=${locale}`);
      await shot(`cart-${locale}`);
      await page.locator('main button').click();
      await page.waitForURL(/\/orders\/[^/]+\/choose/);
      await shot(`choose-${locale}`);
      return /orders\/([^/]+)/.exec(page.url())?.[1] ?? '';
    }
    const chooseMethod = (name: string) => page.locator('li', { hasText: name }).getByRole('button').click();
    async function payByCard(number: string, expiry = '12/30'): Promise<void> {
      await page.getByLabel('Card number').fill(number);
      await page.getByLabel('Expiry').fill(expiry);
      await page.getByLabel('CVV').fill('123');
      await page.getByRole('button', { name: /^Pay/ }).click();
    }
    const shows = (status: string) => page.locator(`[data-status="${status}"]`).waitFor();

    it('pays by card with 3-D Secure, and gives the money back', async () => {
      const orderId = await checkOut();
      await chooseMethod('Payment card');
      await payByCard('5123 8172 3406 0000');
      await page.getByRole('button', { name: 'Confirm' }).click();
      await shows('paid');
      await page.getByText(en.confirmed).waitFor();
      await shot('paid');
      const told = (await (await fetch(`${product.shop}/outcomes.json`)).json()) as { orderId: string }[];
      expect(told.filter((outcome) => outcome.orderId === orderId)).toHaveLength(1);
      await page.getByRole('button', { name: 'Return the order' }).click();
      await shows('refunded');
      await page.getByText(en.confirmed).waitFor();
      await shot('refunded');
      // As from a page of before, where the button still was.
      await page.evaluate(`
        document.body.insertAdjacentHTML('beforeend', '<form method="post" action="/orders/${orderId}/cancel"></form>');
        [...document.forms].at(-1).submit();`);
      await page.getByText(en.tooLate).waitFor();
      await shot('problem');
    });

    it('lets a declined customer choose another method and pay', async () => {
      await checkOut();
      await chooseMethod('Payment card');
      await payByCard('4302 9128 3702 0000', '05/29');
      await shows('choosing');
      await page.getByText(en.insufficient_funds).waitFor();
      await expect(page.locator('main').innerText()).resolves.not.toContain('insufficient_funds');
      await shot('declined');
      await page.getByRole('link', { name: en.again }).click();
      await shot('choose-again');
      await chooseMethod('PayPal');
      await payByCard('5519 2838 1203 0000');
      await shows('paid');
      await shot('paid-second-method');
    });

    it('asks nobody to pay again whose bank has not answered yet', async () => {
      const orderId = await checkOut();
      await chooseMethod('Payment card');
      await payByCard('5519 2838 1203 0000', '07/77');
      await page.getByText(en.pending).waitFor();
      await shot('pending');
      expect(await page.getByRole('link', { name: en.toPayment }).count()).toBe(0);
      expect(await page.getByRole('link', { name: en.again }).count()).toBe(0);
      const control = sandboxControl(product.sandbox);
      const created = (await control.journal(orderId)).find((entry) => entry.created);
      await control.setStatus(created?.invoiceId ?? '', 'processed');
      await shows('paid');
    });

    it('shows live that the time to pay is over', async () => {
      const orderId = await checkOut('uk');
      await chooseMethod('Платіжна карта');
      await page.waitForURL(/\/hpp\//);
      await page.goto(`${product.shop}/orders/${orderId}`);
      await shows('awaiting_payment');
      await shot('awaiting');
      await page.getByText(uk.timeLeft).waitFor();
      await page.getByRole('link', { name: uk.toPayment }).focus();
      await page.evaluate('globalThis.isSamePage = true');
      const control = sandboxControl(product.sandbox);
      const created = (await control.journal(orderId)).find((entry) => entry.created);
      await control.setStatus(created?.invoiceId ?? '', 'expired');
      await shows('expired');
      // Said to those who listen: the words change where they stand, and so does the focus.
      await page.getByRole('status').getByText(uk.expired).waitFor();
      expect(await page.evaluate('globalThis.isSamePage')).toBe(true);
      expect(await page.evaluate('document.activeElement.role')).toBe('status');
      expect(await page.getByRole('link', { name: uk.toPayment }).count()).toBe(0);
      expect(await page.title()).toContain(uk.expired);
      await shot('expired');
    });

    it('cancels an order', async () => {
      const orderId = await checkOut();
      await page.goto(`${product.shop}/orders/${orderId}`);
      await page.getByRole('button', { name: 'Cancel the order' }).click();
      await shows('canceled');
      await shot('canceled');
    });

    it('cancels an order whose invoice is open, and says so once nobody can pay it', async () => {
      const orderId = await checkOut();
      await chooseMethod('Payment card');
      await page.waitForURL(/\/hpp\//);
      await page.goto(`${product.shop}/orders/${orderId}`);
      await page.getByRole('button', { name: 'Cancel the order' }).click();
      await shows('canceling');
      await shot('canceling');
      const control = sandboxControl(product.sandbox);
      const created = (await control.journal(orderId)).find((entry) => entry.created);
      await control.setStatus(created?.invoiceId ?? '', 'expired');
      await shows('canceled');
      await page.getByText(en.confirmed).waitFor();
    });

    it('says what the platform has against a choice', async () => {
      const orderId = await checkOut();
      const match = { operation: 'invoice.create.private', referenceId: orderId };
      const body = { errors: { amount: 'This value should be less.' } };
      await sandboxControl(product.sandbox).fault({ match, fault: { type: 'status', status: 422, body } });
      await chooseMethod('Payment card');
      await page.getByRole('alert').getByText(en.choiceRefused).waitFor();
      await shot('refused');
    });

    it('says that payments are out of reach', async () => {
      await page.goto(`${cutOff.url}/orders/S1`);
      await page.getByText(en.outage).waitFor();
      await shot('outage');
    });

    it('says what is wrong with an order that is not there', async () => {
      await page.goto(`${product.shop}/orders/none`);
      await page.getByText(en.unknownOrder).waitFor();
      await shot('not-found');
    });
  });

  it('lets a customer pay with the keyboard alone, and leads to what is to be corrected', async () => {
    const page = await browser.newPage({ locale: 'en' });
    onTestFinished(() => page.close());
    const press = (key: string) => page.keyboard.press(key);
    const focused = () =>
      page.evaluate(
        '((at) => at.getAttribute("aria-label") ?? (at.textContent.trim() || at.id))(document.activeElement)',
      );
    async function reach(name: string): Promise<void> {
      for (let presses = 0; presses < 30; presses += 1) {
        await press('Tab');
        if ((await focused()) === name) break;
      }
      expect(await focused()).toBe(name);
      expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
    }
    await page.goto(product.shop);
    await reach(en.checkout);
    await press('Enter');
    await page.waitForURL(/choose/);
    await reach(`${en.pay}: Payment card`);
    await press('Enter');
    await page.waitForURL(/\/hpp\//);
    await reach('number');
    await page.keyboard.type('5519 2838');
    await reach('expiry');
    await page.keyboard.type('12/30');
    await reach('cvv');
    await page.keyboard.type('123');
    await press('Enter');
    await page.getByText('Enter a 16-digit test card number.').waitFor();
    await expect.poll(focused).toBe('number');
    expect(await page.locator('#number').getAttribute('aria-invalid')).toBe('true');
    expect(await page.title()).toMatch(/^Error: /);
    await press('Control+A');
    await page.keyboard.type('5519 2838 1203 0000');
    await reach('cvv');
    await page.keyboard.type('123');
    await press('Enter');
    await page.locator('[data-status="paid"]').waitFor();
    await reach(en.refund);
  });
});
