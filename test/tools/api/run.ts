import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { env, exit } from 'node:process';
import { fileURLToPath } from 'node:url';
import { findTemporalProgram } from '../../../src/dev/temporal-binaries.ts';
import { temporalCli } from '../../../src/dev/temporal-program.ts';
import { startWholeProduct } from '../../support/whole-product.ts';

// `npm run test:api`: schemathesis against `npm start`, from the ingress's own OpenAPI document.

const version = '4.32.5';
/** Of an operation; `EXAMPLES=1000` for a night. */
const examples = Number(env['EXAMPLES'] ?? 45);
const least = examples * 12;
const key = 'demo-shop-key';
const root = fileURLToPath(new URL('../../..', import.meta.url));
const home = `${root}.cache/schemathesis-${version}`;
const program = `${home}/bin/schemathesis`;

async function run(command: string, args: readonly string[]): Promise<{ code: number; output: string }> {
  const child = spawn(command, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...env, PYTHONPATH: `${root}test/tools/api`, PYTHONDONTWRITEBYTECODE: '1' },
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    process.stdout.write(chunk);
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  return { code: code ?? 1, output };
}

if (!existsSync(program)) {
  await mkdir(`${root}.cache`, { recursive: true });
  await run('python3', ['-m', 'venv', home]);
  const { code } = await run(`${home}/bin/pip`, ['install', '--quiet', `schemathesis==${version}`]);
  if (code !== 0) exit(code);
}
const { path } = await findTemporalProgram(temporalCli, { environment: env, onProgress: () => undefined });
const product = await startWholeProduct(path, { ORDER_API_RATE_LIMIT: '1000000' });
const arguments_ = [
  ...['--config-file', 'test/tools/api/schemathesis.toml', 'run', `${product.api}/openapi.json`],
  ...['--header', `Authorization: Bearer ${key}`],
  // Threads that parse Python at the same time end a run now and then (CPython 3.11, gh-106905).
  ...['--checks', 'all', '--continue-on-failure', '--workers', '1', '--max-examples', String(examples)],
  // A stream that stays open has no answer to check; test/system/reading follows it.
  ...['--exclude-path-regex', 'events$'],
];
const { code, output } = await run(program, arguments_);
await product.stop();
const cases = Number(/(\d+) generated/.exec(output)?.[1] ?? 0);
const links = Number(/API Links:\s+(\d+) covered/.exec(output)?.[1] ?? 0);
process.stdout.write(
  `schemathesis: ${cases} requests, ${links} links, ${code === 0 ? 'no issue' : 'issues found'}\n`,
);
if (cases < least) process.stdout.write(`at least ${least} requests are needed\n`);
if (links === 0) process.stdout.write('no link was followed\n');
exit(code === 0 && cases >= least && links > 0 ? 0 : 1);
