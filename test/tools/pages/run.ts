import { mkdir } from 'node:fs/promises';
import { argv, stdout } from 'node:process';
import { openBrowser } from '../../support/chromium.ts';
import { allLooks, fewLooks, lookAt } from '../../support/customers/look.ts';
import { customerPages } from '../../support/customers/page-list.ts';
import { startCustomerStand } from '../../support/customers/stand.ts';

// `npm run pages`: takes a screenshot of every page that customers see, in each language, at three widths, light and
// dark, and says what is wrong with it. Fails where anything is. `npm run pages -- few` takes three of those looks;
// `npm run pages -- few hosted` the pages alone whose names contain the word.

const folder = '.cache/screenshots/customers';
const [amount = 'all', word = ''] = argv.slice(2);

const say = (line: string): void => void stdout.write(`${line}\n`);
const stand = await startCustomerStand();
const browser = await openBrowser();
const pages = customerPages(stand).filter(({ name }) => name.includes(word));
const looks = amount === 'few' ? fewLooks : allLooks;
const found = new Map(pages.map(({ name }) => [name, { axe: new Set<string>(), others: new Set<string>() }]));

await mkdir(folder, { recursive: true });
try {
  for (const look of looks)
    await lookAt(browser, look, {
      pages,
      folder,
      onFaults: ({ name }, { axe, others }) => {
        for (const fault of axe) found.get(name)?.axe.add(fault);
        for (const fault of others) found.get(name)?.others.add(fault);
      },
    });
  report();
} finally {
  await browser.close();
  await stand.close();
}

function report(): void {
  const sum = (kind: 'axe' | 'others'): number =>
    [...found.values()].reduce((all, each) => all + each[kind].size, 0);
  say('| page | found by axe | others |\n| --- | --- | --- |');
  for (const [name, { axe, others }] of found) say(`| ${name} | ${axe.size} | ${others.size} |`);
  say(`| ${pages.length} pages, ${pages.length * looks.length} looks | ${sum('axe')} | ${sum('others')} |`);
  for (const [name, { axe, others }] of found)
    for (const fault of [...axe, ...others]) say(`${name}: ${fault}`);
  say(`Screenshots: ${folder}`);
  if (sum('axe') + sum('others') > 0) process.exitCode = 1;
}
