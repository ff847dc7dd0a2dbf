import { execFile } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import { env } from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const run = promisify(execFile);
const docs = fileURLToPath(new URL('../../docs/', import.meta.url));
const promtool = (...arguments_: string[]): Promise<string> =>
  run('promtool', arguments_, { cwd: `${docs}monitoring` }).then(
    ({ stdout }) => stdout,
    (error: unknown) => {
      const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
      throw new Error(`promtool ${arguments_.join(' ')}:\n${stdout}${stderr}`);
    },
  );
const isThere = await run('promtool', ['--version']).then(
  () => true,
  () => false,
);
// In CI nothing is skipped: there it is missing, and so the test fails.
const withPromtool = it.skipIf(!isThere && !env['CI']);
const title = (text: string): string => (isThere ? text : `${text} (needs promtool: apt install prometheus)`);

describe('the alert rules', () => {
  const alerts = async (): Promise<{ name: string; page: string }[]> =>
    [
      ...(await readFile(`${docs}monitoring/alerts.yml`, 'utf8')).matchAll(
        /- alert: (\w+)[^]*?runbook_url: (\S+)/g,
      ),
    ].map(([, name = '', page = '']) => ({ name, page }));

  withPromtool(title('are well formed; each fires once and clears'), async () => {
    expect(await promtool('check', 'rules', 'alerts.yml')).toContain('SUCCESS');
    expect(await promtool('test', 'rules', 'alerts.test.yml')).toContain('SUCCESS');
    const tried = await readFile(`${docs}monitoring/alerts.test.yml`, 'utf8');
    for (const { name } of await alerts()) expect(tried).toContain(`alertname: ${name}\n`);
  });

  it('have a page each, with every section, and there is no page too many', async () => {
    const pages = (await readdir(`${docs}runbook`)).sort();
    expect((await alerts()).map(({ name }) => `${name}.md`).sort()).toEqual(pages);
    for (const { name, page } of await alerts()) {
      expect(page).toBe(`docs/runbook/${name}.md`);
      const text = await readFile(`${docs}runbook/${name}.md`, 'utf8');
      const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading);
      expect(headings).toEqual([
        name,
        'What it means',
        'What to look at',
        'What to do',
        'How to know that it is over',
      ]);
    }
  });
});
