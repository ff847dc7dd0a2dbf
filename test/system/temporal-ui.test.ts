import type { Browser, Page } from 'playwright-core';
import { fetch } from 'undici';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFailed } from 'vitest';
import { noBrowser, openBrowser } from '../support/chromium.ts';
import { sandboxControl } from '../support/sandbox-control.ts';
import { startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

const attention = "PaymentAttention IS NOT NULL AND ExecutionStatus = 'Running'";

describe.skipIf(noBrowser !== null)('operators in the Temporal UI', () => {
  let product: WholeProduct;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    product = await startWholeProduct(inject('temporalCliPath'));
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
    page.setDefaultTimeout(20_000);
  });
  afterAll(async () => {
    await browser.close();
    await product.stop();
  });

  const shot = (name: string) =>
    page.screenshot({ path: `.cache/screenshots/temporal-ui-${name}.png`, fullPage: true });
  const headers = { authorization: 'Bearer demo-shop-key', 'content-type': 'application/json' };
  const at = (orderId: string): string => `${product.api}/v1/payments/${orderId}`;
  const get = async (orderId: string) =>
    (await (await fetch(at(orderId), { headers })).json()) as { status: string; invoiceId: string };

  it('find a payment in review by the view to watch, and resolve it there', async () => {
    onTestFailed(async () => {
      await shot('failed');
    });
    const orderId = `U${Date.now()}`;
    const body = JSON.stringify({
      amount: { value: '10', currency: 'USD' },
      service: 'payment_card_usd_hpp',
    });
    await fetch(at(orderId), { method: 'PUT', headers, body });
    const { invoiceId } = await get(orderId);
    await sandboxControl(product.sandbox).setStatus(invoiceId, 'processed', { processedAmount: 9 });
    await expect.poll(async () => (await get(orderId)).status, { timeout: 15_000 }).toBe('review');

    const row = page.getByRole('link', { name: `payment-${orderId}` }).first();
    const list = `${product.ui}/namespaces/default/workflows?query=${encodeURIComponent(attention)}`;
    await page.goto(list);
    await row.waitFor();
    await shot('attention');
    await row.click();
    await page.waitForURL(new RegExp(`payment-${orderId}`));
    await shot('run-in-review');
    await page.getByRole('button', { name: 'More Actions' }).click();
    await page.getByRole('menuitem', { name: 'Send an Update' }).click();
    const form = page.getByRole('dialog');
    await form.waitFor();
    await shot('update-form');
    await form.getByTestId('update-select-button').click();
    await form.getByRole('option', { name: /^resolve/ }).click();
    await form.getByRole('textbox', { name: 'Data' }).click();
    const action = { decision: 'accept', by: 'ann', why: 'Paytone shows the rest as paid' };
    await page.keyboard.insertText(JSON.stringify(action));
    await shot('update-form-filled');
    // By key: the editor formats what it holds when it is left, which moves the button from under a mouse.
    await form.getByRole('button', { name: 'Submit' }).press('Enter');
    await expect
      .poll(() => get(orderId), { timeout: 15_000 })
      .toMatchObject({
        status: 'paid',
        decidedBy: 'operator',
      });

    await page.goto(`${product.ui}/namespaces/default/workflows/payment-${orderId}`);
    await page.getByText('COMPLETED').first().waitFor();
    await shot('run-resolved');
    await page.goto(list);
    await page
      .getByText(/No Workflows/)
      .first()
      .waitFor();
  }, 120_000);
});
