import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { argv, env, stdout } from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { transform } from 'esbuild';
import { paymentsApi } from 'paytone-payments-http';
import { findTemporalProgram } from '../../../src/dev/temporal-binaries.ts';
import { temporalCli } from '../../../src/dev/temporal-program.ts';
import { packInto, runProgram } from '../../support/package-user.ts';
import { sandboxControl } from '../../support/sandbox-control.ts';
import { freePort, startWholeProduct } from '../../support/whole-product.ts';

// `npm run test:runtimes`: an empty folder, the packed client installed in it, and the examples of docs/examples run
// against `npm start` by each runtime: an order paid and partly refunded, its outcomes verified.

const all = ['node@20', 'node@22', 'node@24', 'node@26', 'deno@2', 'bun@1'];
const runtimes = argv.length > 2 ? argv.slice(2) : all;
const root = fileURLToPath(new URL('../../..', import.meta.url));
const secret = 'whsec_cnVudGltZXMtcnVudGltZXMtcnVudGltZXMtcnVu';
const key = 'demo-shop-key';
const execute = promisify(execFile);
const say = (line: string): unknown => stdout.write(`${line}\n`);

/** A program of an npm package, `deno@2`, and the words that come before a script's name. */
async function programOf(runtime: string) {
  const [name = ''] = runtime.split('@');
  const folder = await folderWith(runtime);
  const program = join(folder, 'node_modules', name, 'bin', name === 'bun' ? 'bun.exe' : name);
  return name === 'deno'
    ? { program: join(folder, 'node_modules/.bin/deno'), words: ['run', '--allow-all'] }
    : { program, words: [] };
}

const folders: string[] = [];

async function folderWith(...packages: string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'paytone-runtime-'));
  folders.push(folder);
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  await execute('npm', ['install', '--silent', ...packages], { cwd: folder });
  return folder;
}

/** The examples as JavaScript, beside the client that was packed and installed. */
async function installClient(): Promise<string> {
  const tarball = await packInto(tmpdir(), join(root, 'src/clients/http'));
  const folder = await folderWith(tarball);
  const { stdout: size } = await execute('du', ['-sk', '--apparent-size', join(folder, 'node_modules')]);
  say(`${basename(tarball)} and all that it needs: ${size.split('\t')[0]} KiB`);
  for (const name of ['http', 'receiver']) {
    const source = await readFile(join(root, 'docs/examples', `${name}.ts`), 'utf8');
    await writeFile(join(folder, `${name}.js`), (await transform(source, { loader: 'ts' })).code);
  }
  return folder;
}

const { path } = await findTemporalProgram(temporalCli, { environment: env, onProgress: () => undefined });
const port = String(await freePort());
const receives = { OUTCOME_URL: `http://127.0.0.1:${port}/`, OUTCOME_SECRETS: secret };
const product = await startWholeProduct(path, receives);
const payments = paymentsApi({ url: product.api, key });
const sandbox = sandboxControl(product.sandbox);

async function play(runtime: string, folder: string): Promise<void> {
  const { program, words } = await programOf(runtime);
  const version = (await execute(program, ['--version'])).stdout.split('\n')[0];
  const orderId = `runtime-${runtime.replace('@', '')}`;
  const receiver = runProgram(folder, [program, ...words, 'receiver.js'], { ...receives, PORT: port });
  await receiver.says('ready');
  const example = runProgram(folder, [program, ...words, 'http.js'], {
    ORDER_API_URL: product.api,
    ORDER_API_KEY: key,
    ORDER_ID: orderId,
  });
  await example.says('Send the customer to');
  await sandbox.setStatus((await payments.get(orderId)).invoiceId ?? '', 'processed');
  const [paid, refund] = [await example.says('is paid'), await example.says('Refund R1')];
  const outcome = await receiver.says(`"orderId":"${orderId}"`);
  const code = await example.ended;
  await receiver.stop();
  say(`${runtime} (${version}): ${paid}, ${refund}, verified ${outcome.slice(0, 70)}…, exit ${code}`);
  if (code !== 0) process.exitCode = 1;
}

try {
  const folder = await installClient();
  for (const runtime of runtimes) await play(runtime, folder);
} finally {
  await product.stop();
  for (const folder of folders) await rm(folder, { recursive: true });
}
