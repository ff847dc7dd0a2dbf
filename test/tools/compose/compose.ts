import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { run, type Daemon, type Variables } from './docker.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const services = ['worker', 'ingress', 'sandbox', 'codec'];
const composeFile = join(root, 'docker-compose.yml');
const standIns = join(root, 'test/tools/compose/stand-ins.yml');

/** The secrets as files; what they are for the sandbox and the order service. */
export async function writeSecrets() {
  const folder = await mkdtemp(join(tmpdir(), 'paytone-secrets-'));
  const secrets = {
    postgres_password: randomBytes(12).toString('hex'),
    payload_keys: `test=${randomBytes(32).toString('base64')}`,
    order_api_keys: `shop=${randomBytes(24).toString('hex')}`,
    order_services: '',
    outcome_secrets: `whsec_${randomBytes(24).toString('base64')}`,
    codec_tokens: randomBytes(24).toString('hex'),
    paytone_private_key: `sk_test_${randomBytes(12).toString('hex')}`,
    callback_secrets: '',
    grafana_password: 'unused',
  };
  for (const [name, value] of Object.entries(secrets)) await writeFile(join(folder, name), value);
  return { folder, secrets, remove: () => rm(folder, { recursive: true }) };
}

/** A deployment before the sandbox; `secrets`: the folder with their files. */
export const settingsFor = (secrets: string, outcomeUrl: string): Variables => ({
  SECRETS: secrets,
  PAYTONE_URL: 'http://sandbox:4010',
  PAYTONE_ACCOUNT_ID: 'coma_compose',
  PAYTONE_PUBLIC_KEY: 'pk_test_compose',
  PUBLIC_URL: 'http://ingress:3000',
  OUTCOME_URL: outcomeUrl,
  INGRESS_PORTS: '23000-23009',
});

interface Surroundings {
  readonly daemon: Daemon;
  readonly program: readonly [string, ...string[]];
  readonly settings: Variables;
  readonly withStandIns: boolean;
}

/** Compose for a project of its own, with the settings of a deployment. */
export function composeFor({ daemon, program: [program, ...first], settings, withStandIns }: Surroundings) {
  const project = `paytone-test-${randomBytes(3).toString('hex')}`;
  const files = ['--file', composeFile, ...(withStandIns ? ['--file', standIns] : [])];
  const variables = { ...settings, ...daemon.at, DOCKER_BUILDKIT: '0' };
  const docker = async (...words: string[]): Promise<string> =>
    (await run('docker', words, variables)).stdout.trim();
  const compose = async (...words: string[]): Promise<string> =>
    (
      await run(
        program,
        [...first, ...files, '--project-name', project, '--profile', 'sandbox', ...words],
        variables,
      )
    ).stdout.trim();
  const containers = async (service: string): Promise<string[]> =>
    (await compose('ps', '--quiet', service)).split('\n').filter(Boolean);
  return {
    docker,
    compose,
    /** Brings everything up and waits until it is healthy; Debian's Compose has no `--wait`. */
    async up(): Promise<void> {
      await compose('up', '--detach', '--no-build', ...services);
      for (const service of services)
        for (const id of await containers(service)) await untilHealthy(docker, service, id);
    },
    /** Where a published port of each container of a service is. */
    async addresses(service: string, port: number): Promise<string[]> {
      const told = await Promise.all(
        (await containers(service)).map((id) => docker('port', id, String(port))),
      );
      return told.map((line) => `http://127.0.0.1:${/:(\d+)/.exec(line)?.[1] ?? ''}`);
    },
    /** Kills the first container of a service. */
    async kill(service: string): Promise<void> {
      const [id = ''] = await containers(service);
      await docker('kill', id);
    },
    async down(): Promise<void> {
      await compose('down', '--volumes', '--remove-orphans', '--timeout', '5');
    },
  };
}

async function untilHealthy(
  docker: (...words: string[]) => Promise<string>,
  service: string,
  id: string,
): Promise<void> {
  for (const end = Date.now() + 180_000; Date.now() < end; await setTimeout(1_000)) {
    if ((await docker('inspect', '--format', '{{.State.Health.Status}}', id)) === 'healthy') return;
  }
  throw new Error(`${service} is not healthy:\n${await docker('logs', '--tail', '40', id)}`);
}
