import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { env, stdout } from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { paymentsApi } from 'paytone-payments-http';
import { findTemporalProgram } from '../../../src/dev/temporal-binaries.ts';
import { temporalCli } from '../../../src/dev/temporal-program.ts';
import { openApiDocument } from '../../../src/ingress/docs/openapi.ts';
import { runProgram } from '../../support/package-user.ts';
import { sandboxControl } from '../../support/sandbox-control.ts';
import { startWholeProduct } from '../../support/whole-product.ts';

// `npm run test:generated`: clients made from the OpenAPI document, each compiled and used for one payment against
// `npm start`: Python by openapi-python-client, Go by ogen.

const versions = { python: '0.29.1', ogen: 'v1.24.0' };
const here = fileURLToPath(new URL('.', import.meta.url));
const home = fileURLToPath(new URL('../../../.cache/generated', import.meta.url));
const key = 'demo-shop-key';
const execute = promisify(execFile);
const say = (line: string): unknown => stdout.write(`${line}\n`);
const run = (program: string, words: readonly string[], cwd = home) => execute(program, words, { cwd });

async function makePython(): Promise<string[]> {
  const python = join(home, 'venv/bin/python');
  if (!existsSync(python)) {
    await run('python3', ['-m', 'venv', 'venv']);
    await run(python, [
      '-m',
      'pip',
      'install',
      '--quiet',
      `openapi-python-client==${versions.python}`,
      'ruff',
    ]);
  }
  await execute(
    join(home, 'venv/bin/openapi-python-client'),
    ['generate', '--path', 'openapi.json', '--output-path', 'python', '--overwrite', '--fail-on-warning'],
    { cwd: home, env: { ...env, PATH: `${home}/venv/bin:${env['PATH']}` } },
  );
  await cp(join(here, 'pay.py'), join(home, 'python/pay.py'));
  await run(python, ['-m', 'compileall', '-q', 'python']);
  return [python, join(home, 'python/pay.py')];
}

async function makeGo(): Promise<string[]> {
  await mkdir(join(home, 'go'), { recursive: true });
  const at = join(home, 'go');
  await writeFile(join(at, 'go.mod'), 'module orders\n\ngo 1.25\n');
  // Only servers need them.
  await writeFile(join(at, 'ogen.yml'), 'generator:\n  ignore_not_implemented: ["object defaults"]\n');
  await run(
    'go',
    [
      ...['run', `github.com/ogen-go/ogen/cmd/ogen@${versions.ogen}`, '--config', 'ogen.yml'],
      ...['--target', 'api', '--package', 'api', '--clean', '../openapi.json'],
    ],
    at,
  );
  await cp(join(here, 'main.go'), join(at, 'main.go'));
  await run('go', ['mod', 'tidy'], at);
  await run('go', ['vet', './...'], at);
  await run('go', ['build', '-o', 'pay', '.'], at);
  return [join(at, 'pay')];
}

await mkdir(home, { recursive: true });
await writeFile(join(home, 'openapi.json'), JSON.stringify(openApiDocument));
const clients = { Python: await makePython(), Go: await makeGo() };
const { path } = await findTemporalProgram(temporalCli, { environment: env, onProgress: () => undefined });
const product = await startWholeProduct(path);
const payments = paymentsApi({ url: product.api, key });
const sandbox = sandboxControl(product.sandbox);
try {
  for (const [language, [program = '', ...words]] of Object.entries(clients)) {
    const orderId = `${language}-${Date.now()}`;
    const client = runProgram(home, [program, ...words, product.api, key, orderId]);
    await client.says('started');
    const { invoiceId } = await payments.get(orderId);
    await sandbox.setStatus(invoiceId ?? '', 'processed');
    say(`${language}: ${await client.says('is paid')}`);
    const code = await client.ended;
    if (code !== 0) process.exitCode = 1;
  }
} finally {
  await product.stop();
}
