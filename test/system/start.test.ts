import { exec } from 'node:child_process';
import { createConnection } from 'node:net';
import { readdir, readFile } from 'node:fs/promises';
import { once } from 'node:events';
import { env } from 'node:process';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFailed } from 'vitest';
import { noBrowser, openBrowser } from '../support/chromium.ts';
import { startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

const screenshots = '.cache/screenshots';

async function isOpen(port: number): Promise<boolean> {
  const socket = createConnection({ port, host: '127.0.0.1' });
  const opened = await Promise.race([
    once(socket, 'connect').then(() => true),
    once(socket, 'error').then(() => false),
  ]).catch(() => false);
  socket.destroy();
  return opened;
}

/** Pids of processes that belong to a process group. */
async function groupMembers(group: number): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const stats = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')));
  return pids.filter(
    (_pid, index) => Number(stats[index]?.slice(stats[index].lastIndexOf(')')).split(' ')[3]) === group,
  );
}

describe.skipIf(noBrowser !== null)('npm start, as a person uses it', () => {
  let product: WholeProduct;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    product = await startWholeProduct(inject('temporalCliPath'));
    browser = await openBrowser();
    page = await browser.newPage();
    page.setDefaultTimeout(15_000);
  });
  afterAll(async () => {
    await browser.close();
    await product.stop();
    expect(await groupMembers(product.pid)).toEqual([]);
    const open = await Promise.all(Object.values(product.ports).map(isOpen));
    expect(open).toEqual(open.map(() => false));
  });

  it('prints the command that shows an operator what needs attention', async () => {
    const command = /^ *Command line +(.+)$/m.exec(product.output.join('\n'))?.[1] ?? '';
    const typed = promisify(exec)(command, { env: { PATH: env['PATH'], HOME: env['HOME'] } });
    expect((await typed).stdout).toMatch(/^(Nothing needs attention in|ATTENTION) /m);
  });

  const shot = (name: string) => page.screenshot({ path: `${screenshots}/${name}.png`, fullPage: true });

  async function checkOut(method: string): Promise<string> {
    onTestFailed(async () => {
      await shot('failed');
    });
    await page.goto(product.shop);
    await page.getByRole('button', { name: 'Checkout' }).click();
    await page.waitForURL(/\/orders\/[^/]+\/choose/);
    const orderId = /orders\/([^/]+)/.exec(page.url())?.[1] ?? '';
    await page.locator('li', { hasText: method }).getByRole('button').click();
    return orderId;
  }

  async function enterCard(number: string, expiry = '12/30'): Promise<void> {
    await page.getByLabel('Card number').fill(number);
    await page.getByLabel('Expiry').fill(expiry);
    await page.getByLabel('CVV').fill('123');
    await page.getByRole('button', { name: /^Pay/ }).click();
  }

  it('shows "failed" after a decline of the only attempt', async () => {
    const orderId = `D${Date.now()}`;
    const started = await put(orderId, { service: 'payment_card_usd_hpp', maxAttempts: 1 });
    await page.goto(String(started.redirect?.url));
    await enterCard('4302 9128 3702 0000', '09/33');
    await page.getByRole('heading', { name: 'Not paid' }).waitFor();
    expect(await get(orderId)).toMatchObject({ status: 'failed', reason: 'declined' });
  });

  it('settles by the callback when the customer leaves the page', async () => {
    const orderId = await checkOut('Payment card');
    const invoiceId = String((await get(orderId)).invoiceId);
    const watching = await browser.newPage();
    await watching.goto(`${product.shop}/orders/${orderId}`);
    await page.goto('about:blank');
    await fetch(`${product.sandbox}/control/api/invoices/${invoiceId}/status`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ status: 'processed' }),
    });
    await watching.locator('[data-status="paid"]').waitFor();
    expect(await get(orderId)).toMatchObject({ status: 'paid', decidedBy: 'callback' });
    await watching.close();
  });

  it("tells a payment's story in the Temporal UI, and nothing of the customer", async () => {
    const orderId = `T${Date.now()}`;
    const secrets = ['Sally Secret', 'sally@secret.example', '+380987654321', 'c-770077'];
    const [name, email, phone, referenceId] = secrets;
    const customer = { referenceId, name, email, phone };
    const { invoiceId } = await put(orderId, { service: 'payment_card_usd_hpp', customer });
    const seen: string[] = [];
    onTestFailed(async () => {
      await shot('failed');
    });
    const open = async (tab: string, wanted: string) => {
      await page.goto(`${product.ui}/namespaces/default/workflows/payment-${orderId}`);
      await page.getByText(tab).first().click();
      // The UI shows Markdown in frames of their own.
      const read = () => Promise.all(page.frames().map((frame) => frame.locator('body').innerText()));
      await expect.poll(async () => (await read()).join('\n'), { timeout: 15_000 }).toContain(wanted);
      await shot(`temporal-ui-${tab.replaceAll(' ', '-').toLowerCase()}`);
      seen.push((await read()).join('\n'));
      return seen.at(-1) ?? '';
    };
    const story = await open('User Metadata', 'awaiting_payment');
    const parts = [
      `Order ${orderId}: 10.00 USD`,
      'a callback, a return, or the next poll of',
      'Deadline',
      String(invoiceId),
    ];
    for (const part of parts) expect(story).toContain(part);
    expect(await open('Timeline', 'a callback, a return, or the next poll')).toContain(
      `${orderId}: payment_card_usd_hpp`,
    );
    expect(await open('Search Attributes', 'PaymentStatus')).toContain('awaiting_payment');
    await open('Event History', 'Workflow Execution Started');
    for (const secret of secrets) expect(seen.join('\n')).not.toContain(secret);
  });

  interface Shown {
    readonly status: string;
    readonly invoiceId: string | null;
    readonly redirect: { readonly url: string } | null;
  }
  const headers = { authorization: 'Bearer demo-shop-key', 'content-type': 'application/json' };
  const at = (orderId: string): string => `${product.api}/v1/payments/${orderId}`;
  const get = async (orderId: string) => (await (await fetch(at(orderId), { headers })).json()) as Shown;
  async function put(orderId: string, terms: object): Promise<Shown> {
    const body = JSON.stringify({ amount: { value: '10', currency: 'USD' }, ...terms });
    return (await (await fetch(at(orderId), { method: 'PUT', headers, body })).json()) as Shown;
  }
});
