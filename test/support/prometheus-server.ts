import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { fetch } from 'undici';
import { z } from 'zod';
import { freePort } from './whole-product.ts';

const program = 'prometheus';

export const hasPrometheus = (): Promise<boolean> =>
  promisify(execFile)(program, ['--version']).then(
    () => true,
    () => false,
  );

export const readAlertRules = (): Promise<string> =>
  readFile(fileURLToPath(new URL('../../docs/monitoring/alerts.yml', import.meta.url)), 'utf8');

export const alertNamesIn = (rules: string): string[] =>
  [...rules.matchAll(/- alert: (\w+)/g)].map(([, name = '']) => name).sort();

/** By process: its metrics as Prometheus text; null while it does not run. */
type Processes = Readonly<Record<string, () => Promise<string | null>>>;

/** The pages that processes show on their ADMIN_PORT. */
async function serveMetrics(processes: Processes) {
  const server = createServer((request, response) => {
    const read = processes[request.url?.slice(1) ?? ''];
    void Promise.resolve(read?.() ?? null).then(
      (metrics) =>
        response.writeHead(metrics === null ? 503 : 200, { 'content-type': 'text/plain' }).end(metrics),
      () => response.writeHead(500).end(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, address: `127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const alertsAnswer = z.object({
  data: z.object({
    alerts: z.array(z.object({ labels: z.record(z.string(), z.string()), state: z.string() })),
  }),
});

/** Prometheus itself, reading these processes under these rules. */
export async function startPrometheus(processes: Processes, rules: string) {
  const { server, address } = await serveMetrics(processes);
  const folder = await mkdtemp(join(tmpdir(), 'paytone-prometheus-'));
  const listen = `127.0.0.1:${await freePort()}`;
  const scrapes = Object.keys(processes).map((name) => ({
    job_name: name,
    metrics_path: `/${name}`,
    static_configs: [{ targets: [address] }],
  }));
  const config = {
    // Temporal away, a process takes 2 s to say that it is not ready; a scrape may take its interval at most.
    global: { scrape_interval: '3s', scrape_timeout: '3s', evaluation_interval: '1s' },
    rule_files: ['rules.yml'],
    scrape_configs: scrapes,
  };
  await writeFile(join(folder, 'rules.yml'), rules);
  // JSON is YAML.
  await writeFile(join(folder, 'prometheus.yml'), JSON.stringify(config));
  const child = spawn(
    program,
    [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=${listen}`,
      '--log.level=error',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const exited = once(child, 'exit');
  const complaints = text(child.stderr);
  const ask = (path: string) => fetch(`http://${listen}${path}`);
  const isReady = (): Promise<boolean> =>
    ask('/-/ready').then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await isReady()))
    if (child.exitCode !== null) throw new Error(`Prometheus ended:\n${await complaints}`);
  return {
    /** `pending`, `firing`, or `inactive`. */
    async stateOf(alert: string): Promise<string> {
      const { data } = alertsAnswer.parse(await (await ask('/api/v1/alerts')).json());
      return data.alerts.find(({ labels }) => labels['alertname'] === alert)?.state ?? 'inactive';
    },
    async stop(): Promise<void> {
      child.kill();
      await exited;
      server.close();
      server.closeAllConnections();
      await rm(folder, { recursive: true });
    },
  };
}

export type Prometheus = Awaited<ReturnType<typeof startPrometheus>>;
