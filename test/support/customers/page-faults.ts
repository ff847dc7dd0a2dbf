import type { Page } from 'playwright-core';
import { findingsOn } from '../axe.ts';
import type { Language } from './page-list.ts';

/** All rules of axe but those of level AAA: also best practices, those still in trial, and those that are off by default. */
const ruleSets = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice', 'experimental'];

/** What is written on the page, also where only some can see or hear it; but for what names its own language. */
const written = `(() => {
  const isElsewhere = (element) => element.closest('script, style, [lang]:not(html)') !== null;
  const texts = [document.title];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (!isElsewhere(walker.currentNode.parentElement)) texts.push(walker.currentNode.data);
  const attributes = ['aria-label', 'title', 'placeholder', 'alt'];
  for (const element of document.querySelectorAll(attributes.map((each) => '[' + each + ']').join()))
    if (!isElsewhere(element)) for (const each of attributes) texts.push(element.getAttribute(each) ?? '');
  return texts.map((text) => text.trim()).filter(Boolean);
})()`;

/** What sticks out of the screen to the right. */
const wide = `[...document.querySelectorAll('body *')]
  .filter((element) => element.getBoundingClientRect().right > innerWidth + 0.5)
  .map((element) => element.tagName.toLowerCase() + ' ' + element.textContent.trim().slice(0, 40))`;

const names = /\b(Paytone|paytone|PayPal|Secure|CVV|IBAN|USD|EUR|JPY|KWD|SMWZIN56O65\w+)\b/g;
const technical =
  /_|[{}]|\b(null|undefined|NaN|payment\.\w+|invoice|callback|webhook|outcome|process(ed)?|status)\b/i;
const foreign: Readonly<Record<Language, RegExp>> = {
  en: /[а-яёіїєґ]+/i,
  uk: /[a-z]{2,}|[а-яіїєґ]*[ыэёъ][а-яіїєґ]*/i,
  ru: /[a-z]{2,}|[а-яё]*[іїєґ][а-яё]*/i,
};

export interface PageFaults {
  /** `rule: element` */
  readonly axe: readonly string[];
  readonly others: readonly string[];
}

/** What is wrong with the page, for whoever looks at it, hears it or reads it. */
export async function faultsOf(page: Page, language: Language): Promise<PageFaults> {
  const others: string[] = [];
  const lang = await page.evaluate('document.documentElement.lang');
  if (lang !== language) others.push(`lang is ${String(lang)}`);
  for (const element of await page.evaluate<string[]>(wide)) others.push(`too wide: ${element}`);
  const scroll = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
  if (Number(scroll) > 0) others.push(`scrolls sideways by ${String(scroll)} px`);
  for (const text of await page.evaluate<string[]>(written)) {
    const rest = text.replace(names, '');
    if (foreign[language].test(rest)) others.push(`not ${language}: ${text}`);
    if (technical.test(rest)) others.push(`technical: ${text}`);
  }
  return { axe: await findingsOn(page, ruleSets), others };
}
