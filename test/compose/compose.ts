import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';
import { promisify } from 'node:util';

const run = promisify(execFile);
export const services = ['worker', 'ingress', 'sandbox', 'codec'];

/** Why Compose cannot be tried here, or null. */
export async function obstacle(): Promise<string | null> {
  for (const [words, lacks] of [
    [['version'], 'no Docker daemon answers'],
    [['compose', 'version'], 'Docker has no compose plugin'],
  ] as const)
    if (
      await run('docker', [...words]).then(
        () => false,
        () => true,
      )
    )
      return lacks;
  return null;
}

/** The secrets as files; what they are for the sandbox and the order service. */
export async function writeSecrets() {
  const folder = await mkdtemp(join(tmpdir(), 'paytone-secrets-'));
  const secrets = {
    postgres_password: randomBytes(12).toString('hex'),
    payload_keys: `test=${randomBytes(32).toString('base64')}`,
    order_api_keys: `shop=${randomBytes(12).toString('hex')}`,
    outcome_secrets: `whsec_${randomBytes(24).toString('base64')}`,
    codec_tokens: randomBytes(12).toString('hex'),
    paytone_private_key: 'sk_test_compose',
    grafana_password: 'unused',
  };
  for (const [name, value] of Object.entries(secrets)) await writeFile(join(folder, name), value);
  return { folder, secrets, remove: () => rm(folder, { recursive: true }) };
}

/** `docker compose` for a project of its own, with the settings of a deployment. */
export function composeFor(settings: Readonly<Record<string, string>>) {
  const project = `paytone-test-${randomBytes(3).toString('hex')}`;
  const compose = async (...words: string[]): Promise<string> => {
    const all = ['compose', '--project-name', project, '--profile', 'sandbox', ...words];
    return (await run('docker', all, { env: { ...env, ...settings }, maxBuffer: 2 ** 26 })).stdout;
  };
  return {
    compose,
    /** Where a published port of each container of a service is. */
    async addresses(service: string, port: number): Promise<string[]> {
      const ids = (await compose('ps', '--quiet', service)).trim().split('\n');
      const told = await Promise.all(ids.map((id) => run('docker', ['port', id, String(port)])));
      return told.map(({ stdout }) => `http://127.0.0.1:${/:(\d+)/.exec(stdout)?.[1] ?? ''}`);
    },
    async kill(service: string): Promise<void> {
      const [id = ''] = (await compose('ps', '--quiet', service)).trim().split('\n');
      await run('docker', ['kill', id]);
    },
  };
}
