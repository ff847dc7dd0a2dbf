import type { Page } from 'playwright-core';
import type { CustomerStand } from './stand.ts';

export type Language = 'en' | 'uk' | 'ru';
export const languages: readonly Language[] = ['en', 'uk', 'ru'];

export interface CustomerPage {
  readonly name: string;
  /** Opens it and brings it into its state. */
  readonly open: (page: Page, language: Language) => Promise<unknown>;
}

/** Every page that a customer can see, in every state. */
export function customerPages(stand: CustomerStand): CustomerPage[] {
  return [...shopPages(stand), ...hostedPages(stand), ...returnPages(stand)];
}

function shopPages({ shop, cutOff, orders, tell }: CustomerStand): CustomerPage[] {
  const address = (name: string, rest = ''): string => `${shop}/orders/${orders[name]?.orderId}${rest}`;
  const at = (name: string, url: string): CustomerPage => ({ name, open: (page) => page.goto(url) });
  const choices = Object.keys(orders).filter((name) => /^(choosing|nothing|declined|refused)/.test(name));
  const chosen = (name: string, service: string): CustomerPage => ({
    name,
    open: async (page) => {
      await page.goto(address('choosing', '/choose'));
      const form = page.locator('form', { has: page.locator(`button[value="${service}"]`) });
      if (service === 'bank_transfer_usd_hpp')
        await form.locator('input:visible').fill(`UA${'2'.repeat(27)}`);
      await form.locator('button').click();
    },
  });
  return [
    at('cart', `${shop}/`),
    at('cart in yen', `${shop}/?currency=JPY`),
    {
      name: 'cart: nothing in it',
      open: async (page) => {
        await page.goto(shop);
        await page.locator('input[type=number]').first().fill('0');
        await page.locator('main form button').click();
      },
    },
    ...choices.map((name) => at(`choose: ${name}`, address(name, '/choose'))),
    at('choose: again, while open', address('awaiting', '/choose')),
    chosen('choose: field refused', 'bank_transfer_usd_hpp'),
    chosen('choose: choice refused', 'paypal_usd_hpp'),
    chosen('order: choice comes too late', 'payment_card_usd_hpp'),
    {
      name: 'redirect, scripts off',
      open: async (page) => {
        await page.route('**/redirect.js', (route) => route.abort());
        await page.goto(address('awaiting by form', '/pay'));
      },
    },
    at('order: pending', address('awaiting', '?returned=pending')),
    ...Object.keys(orders).map((name) => at(`order: ${name}`, address(name))),
    ...['paid', 'refunded'].map((name): CustomerPage => ({
      name: `order: ${name}, confirmed`,
      open: async (page) => {
        await tell(name);
        await page.goto(address(name));
      },
    })),
    {
      name: 'order: cancel comes too late',
      open: async (page) => {
        await page.goto(address('awaiting'));
        await page.locator('form[action$="/cancel"] button').click();
      },
    },
    at('order not there', `${shop}/orders/none`),
    at('page not there', `${shop}/nowhere`),
    at('payments out of reach', `${cutOff}/orders/S1`),
  ];
}

function hostedPages({ sandbox, newInvoice }: CustomerStand): CustomerPage[] {
  const hosted = (
    name: string,
    [status, attributes]: readonly [(string | null)?, object?] = [],
    act: (page: Page) => Promise<unknown> = () => Promise.resolve(),
  ): CustomerPage => ({
    name: `hosted: ${name}`,
    open: async (page) => {
      await page.goto(`${sandbox}/hpp/?cpi=${await newInvoice(status, attributes)}`);
      await act(page);
    },
  });
  const pay = (number: string, expiry: string) => async (page: Page) => {
    await page.locator('#number').fill(number);
    await page.locator('#expiry').fill(expiry);
    await page.locator('#cvv').fill('123');
    await page.locator('main form button').first().click();
  };
  const test = { service: 'test_usd_test', service_fields: { status: 'processed' } };
  return [
    hosted('card'),
    hosted('test cards', [], (page) => page.locator('summary').click()),
    hosted('faults', [], pay('12', '1')),
    hosted('no test card', [], pay('4111111111111111', '12/30')),
    hosted('bank', [], pay('5123817234060000', '12/30')),
    hosted('choose an outcome', [null, test]),
    hosted('verify', [null, { flow: 'verify' }]),
    hosted('paid', ['processed']),
    hosted('declined', ['process_failed']),
    hosted('verified', ['verified', { flow: 'verify' }]),
    hosted('expired', ['expired']),
    hosted('paid, nowhere to return to', ['processed', { return_url: null }]),
    { name: 'hosted: not there', open: (page) => page.goto(`${sandbox}/hpp/?cpi=none`) },
  ];
}

function returnPages({ ingress, returnToken }: CustomerStand): CustomerPage[] {
  return [
    ...['success', 'pending', 'fail'].map((ending): CustomerPage => ({
      name: `return: ${ending}`,
      open: (page, language) => page.goto(`${ingress}/return/page/${language}/${ending}`),
    })),
    { name: 'return: not valid', open: (page) => page.goto(`${ingress}/return/forged`) },
    { name: 'return: nobody knows', open: (page) => page.goto(`${ingress}/return/${returnToken}`) },
  ];
}
