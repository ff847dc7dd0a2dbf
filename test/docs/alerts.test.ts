import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const run = promisify(execFile);
const dashboard = z.object({
  panels: z.array(z.object({ targets: z.array(z.object({ expr: z.string() })).default([]) })),
});
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

  withPromtool(
    title('stand beside a configuration and a dashboard that Prometheus understands'),
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'promtool-'));
      const [config, board] = await Promise.all(
        ['prometheus.yml', 'dashboard.json'].map((name) => readFile(`${docs}monitoring/${name}`, 'utf8')),
      );
      const rules = `${docs}monitoring/alerts.yml`;
      await writeFile(
        `${folder}/prometheus.yml`,
        (config ?? '').replace('/etc/prometheus/alerts.yml', rules),
      );
      expect(await promtool('check', 'config', `${folder}/prometheus.yml`)).toContain('SUCCESS');
      const panels = dashboard.parse(JSON.parse(board ?? '')).panels.flatMap(({ targets }) => targets);
      expect(panels.length).toBeGreaterThan(10);
      // A panel's query is a rule's, once Grafana has put its interval in.
      const recorded = panels.map(({ expr }, index) => ({
        record: `panel:${index}`,
        expr: expr.replaceAll('$__rate_interval', '1m'),
      }));
      await writeFile(
        `${folder}/dashboard.yml`,
        JSON.stringify({ groups: [{ name: 'panels', rules: recorded }] }),
      );
      expect(await promtool('check', 'rules', `${folder}/dashboard.yml`)).toContain('SUCCESS');
      await rm(folder, { recursive: true });
    },
  );

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
