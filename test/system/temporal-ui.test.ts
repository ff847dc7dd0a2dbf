import type { Browser, Page } from 'playwright-core';
import { fetch } from 'undici';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFailed } from 'vitest';
import { disconnect } from '../../src/temporal/connection.ts';
import { plainClient } from '../support/plain-client.ts';
import { seriousFindings } from '../support/axe.ts';
import { noBrowser, openBrowser } from '../support/chromium.ts';
import { sandboxControl } from '../support/sandbox-control.ts';
import { startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

const attention = "PaymentAttention IS NOT NULL AND ExecutionStatus = 'Running'";
const customer = { referenceId: 'c-770077', name: 'Sally Secret', email: 'sally@secret.example' };

describe.skipIf(noBrowser !== null)('operators in the Temporal UI', () => {
  let product: WholeProduct;
  let browser: Browser;
  let page: Page;
  const newPage = async (): Promise<Page> => {
    const context = await browser.newContext({ viewport: { width: 1400, height: 1000 } });
    context.setDefaultTimeout(20_000);
    return context.newPage();
  };
  beforeAll(async () => {
    product = await startWholeProduct(inject('temporalCliPath'));
    browser = await openBrowser();
    page = await newPage();
    await logIn();
    await useCodec(page);
  });
  afterAll(async () => {
    await browser.close();
    await product.stop();
  });

  const shot = (name: string, of: Page = page) =>
    of.screenshot({ path: `.cache/screenshots/temporal-ui-${name}.png`, fullPage: true });
  const onFailureShot = (): void =>
    onTestFailed(async () => {
      await shot('failed');
    });
  const headers = { authorization: 'Bearer demo-shop-key', 'content-type': 'application/json' };
  const at = (orderId: string): string => `${product.api}/v1/payments/${orderId}`;
  const get = async (orderId: string) =>
    (await (await fetch(at(orderId), { headers })).json()) as { status: string; invoiceId: string };
  async function start(orderId: string) {
    const amount = { value: '10', currency: 'USD' };
    const body = JSON.stringify({ amount, service: 'payment_card_usd_hpp', customer });
    await fetch(at(orderId), { method: 'PUT', headers, body });
    return get(orderId);
  }

  async function logIn(): Promise<void> {
    await page.goto(product.codec);
    await page.getByLabel('Token').waitFor();
    await shot('codec-login');
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByLabel('Token').fill('demo-codec-token');
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('heading', { name: 'This browser may read payments' }).waitFor();
    await shot('codec-logged-in');
    expect(await seriousFindings(page)).toEqual([]);
  }

  /** As the page of the codec server says. */
  async function useCodec(of: Page): Promise<void> {
    await of.goto(`${product.ui}/namespaces/default/workflows`);
    await of.getByRole('button', { name: 'Configure Codec Server' }).click();
    const settings = of.getByRole('dialog', { name: 'Codec Server' });
    await settings.getByText('Use my browser setting and ignore Cluster-level setting').click();
    await settings.getByRole('textbox', { name: 'Codec Server browser endpoint' }).fill(product.codec);
    await settings.getByText('Include cross-origin credentials').click();
    await shot('codec-settings', of);
    await settings.getByRole('button', { name: 'Apply' }).click();
    await settings.waitFor({ state: 'hidden' });
  }

  const runOf = (orderId: string): string => `${product.ui}/namespaces/default/workflows/payment-${orderId}`;
  // The UI shows Markdown in frames of their own.
  const read = async (of: Page): Promise<string> =>
    (await Promise.all(of.frames().map((frame) => frame.locator('body').innerText()))).join('\n');
  const shows = (of: Page, wanted: string) =>
    expect.poll(() => read(of), { timeout: 20_000 }).toContain(wanted);
  const openTab = (of: Page, name: string) => of.getByText(name).first().click();

  it('read what the order service sent once they have logged in to the codec server, and not before', async () => {
    onFailureShot();
    const orderId = `E${Date.now()}`;
    await start(orderId);
    await page.goto(runOf(orderId));
    await shows(page, customer.name);
    await shows(page, customer.email);
    await shot('run-decoded');

    const stranger = await newPage();
    await useCodec(stranger);
    const refused = stranger.waitForResponse((answer) => answer.url().startsWith(`${product.codec}/decode`));
    await stranger.goto(runOf(orderId));
    expect((await refused).status()).toBe(401);
    const seen = [await read(stranger)];
    await stranger.getByText('createInvoice').first().waitFor();
    await shot('run-without-login', stranger);
    for (const [tab, wanted] of [
      ['Event History', 'Workflow Execution Started'],
      ['Memo', '10.00'],
      ['User Metadata', 'awaiting_payment'],
    ] as const) {
      await openTab(stranger, tab);
      await shows(stranger, wanted);
      seen.push(await read(stranger));
    }
    for (const secret of Object.values(customer)) expect(seen.join('\n')).not.toContain(secret);
    await stranger.context().close();

    await page.goto(product.codec);
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.getByLabel('Token').waitFor();
    await page.goto(runOf(orderId));
    await page.getByText('createInvoice').first().waitFor();
    expect(await read(page)).not.toContain(customer.name);
    await logIn();
  }, 120_000);

  it('see what a payment waits for, what was done, and what they may do', async () => {
    onFailureShot();
    const orderId = `S${Date.now()}`;
    const { invoiceId } = await start(orderId);
    await page.goto(runOf(orderId));
    await shows(page, 'a callback, a return, or the next poll');
    expect(await read(page)).toContain(`${orderId}: payment_card_usd_hpp`);
    await openTab(page, 'User Metadata');
    await shows(page, 'awaiting_payment');
    const story = await read(page);
    for (const line of [
      `Order ${orderId}: 10.00 USD`,
      `Order: ${orderId}`,
      'Amount: 10.00 USD',
      `Attempt: 1, reference ${orderId}`,
      'Service: payment_card_usd_hpp',
      `Invoice: ${invoiceId}`,
      'Redirect: given, by GET',
      'Next: a callback, a return, or the next poll of ',
      'Deadline: ',
    ])
      expect(story).toContain(line);
    await shot('details');
  }, 60_000);

  it('find a payment in review by the view to watch, and resolve it there', async () => {
    onFailureShot();
    const orderId = `U${Date.now()}`;
    const { invoiceId } = await start(orderId);
    await page.goto(runOf(orderId));
    const form = await updateForm('resolve', { decision: 'accept', by: 'ann', why: 'too early' });
    // Refused, so it is neither stored nor encrypted, and says why.
    await form.getByText('the payment is awaiting_payment: there is nothing to resolve').first().waitFor();
    await shot('update-refused');

    await sandboxControl(product.sandbox).setStatus(invoiceId, 'processed', { processedAmount: 9 });
    await expect.poll(async () => (await get(orderId)).status, { timeout: 15_000 }).toBe('review');
    const row = page.getByRole('link', { name: `payment-${orderId}` }).first();
    const list = `${product.ui}/namespaces/default/workflows?query=${encodeURIComponent(attention)}`;
    await page.goto(list);
    await row.waitFor();
    await shot('attention');
    await row.click();
    await page.waitForURL(new RegExp(`payment-${orderId}`));
    await openTab(page, 'User Metadata');
    await shows(page, 'compare both sides with');
    await shot('run-in-review');

    const why = 'Paytone shows the rest as paid';
    await updateForm('resolve', { decision: 'accept', by: 'ann', why });
    await expect
      .poll(() => get(orderId), { timeout: 15_000 })
      .toMatchObject({ status: 'paid', decidedBy: 'operator' });
    expect(await storedUpdateOf(orderId)).toEqual({ encoding: 'binary/aes-256-gcm', clear: false });

    await page.goto(runOf(orderId));
    await page.getByText('COMPLETED').first().waitFor();
    await shows(page, `deliverOutcome • payment.paid as out_${orderId}_`);
    await shot('run-resolved');
    await page.goto(list);
    await page
      .getByText(/No Workflows/)
      .first()
      .waitFor();
  }, 120_000);

  async function updateForm(name: string, input: object) {
    await page.getByRole('button', { name: 'More Actions' }).click();
    await page.getByRole('menuitem', { name: 'Send an Update' }).click();
    const form = page.getByRole('dialog', { name: 'Send an Update' });
    await form.getByTestId('update-select-button').click();
    const option = form.getByRole('option', { name: new RegExp(`^${name}`) });
    expect(await option.innerText()).toMatch(/"by": "who you are", "why": /);
    await option.scrollIntoViewIfNeeded();
    await shot(`update-${name}`);
    await option.click();
    await form.getByRole('textbox', { name: 'Data' }).click();
    await page.keyboard.insertText(JSON.stringify(input));
    await shot(`update-${name}-filled`);
    // By key: the editor formats what it holds when it is left, which moves the button from under a mouse.
    await form.getByRole('button', { name: 'Submit' }).press('Enter');
    return form;
  }

  /** The operator's input as Temporal has it. */
  async function storedUpdateOf(orderId: string) {
    const address = `127.0.0.1:${product.ports.TEMPORAL_PORT}`;
    const client = plainClient(address);
    const { events } = await client.workflow.getHandle(`payment-${orderId}`).fetchHistory();
    await disconnect(client);
    const inputs = (events ?? []).map(
      (event) => event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest?.input,
    );
    const [payload] = inputs.find((input) => input?.name === 'resolve')?.args?.payloads ?? [];
    return {
      encoding: Buffer.from(payload?.metadata?.['encoding'] ?? []).toString(),
      clear: Buffer.from(payload?.data ?? []).includes('ann'),
    };
  }
});
