// `npm run test:compose`: docker-compose.yml as it stands. 50 orders through two ingresses and two workers, of which
// one each is killed and PostgreSQL restarted before they are paid: 50 paid, 50 outcomes. Base images are stand-ins
// made here, unless IMAGES=published.
import assert from 'node:assert/strict';
import { env, stdout } from 'node:process';
import { setTimeout } from 'node:timers/promises';
import { fetch } from 'undici';
import { startOutcomeReceiver } from '../../support/outcome-receiver.ts';
import { sandboxControl } from '../../support/sandbox-control.ts';
import { composeFor, settingsFor, writeSecrets } from './compose.ts';
import { composeProgram, dockerDaemon, type Daemon } from './docker.ts';
import { buildStandIns } from './stand-ins.ts';

const count = 50;
const began = Date.now();
const say = (line: string): void =>
  void stdout.write(`${String(Math.round((Date.now() - began) / 1000)).padStart(4)} s  ${line}\n`);

const program = await composeProgram();
if (program === null) stdout.write('Skipped: there is no Docker Compose.\n');
else {
  const daemon = await dockerDaemon();
  if (typeof daemon === 'string') stdout.write(`Skipped: ${daemon}.\n`);
  else await tryOut(daemon, program).finally(() => daemon.stop());
}

async function tryOut(daemon: Daemon, program: readonly [string, ...string[]]): Promise<void> {
  const withStandIns = env['IMAGES'] !== 'published';
  if (withStandIns) await buildStandIns(daemon, say);
  const { folder, secrets, remove } = await writeSecrets();
  // Docker's own bridge: where containers reach this host.
  const receiver = await startOutcomeReceiver(secrets.outcome_secrets, env['DOCKER_BRIDGE'] ?? '172.17.0.1');
  const project = composeFor({
    daemon,
    program,
    withStandIns,
    settings: settingsFor(folder, receiver.url),
  });
  try {
    await project.compose('build', 'worker');
    say(`the image of the product: ${await sizeOf(project.docker, withStandIns)}`);
    await project.up();
    say(`up with ${program.join(' ')}`);
    await play(project, receiver, secrets.order_api_keys.replace('shop=', ''));
  } catch (error) {
    stdout.write(await project.compose('logs', '--tail', '15', '--no-color').catch(() => ''));
    throw error;
  } finally {
    await project.down();
    receiver.close();
    await remove();
  }
  say('taken down');
}

type Project = ReturnType<typeof composeFor>;
type Receiver = Awaited<ReturnType<typeof startOutcomeReceiver>>;

async function play(project: Project, receiver: Receiver, key: string): Promise<void> {
  const ingresses = await project.addresses('ingress', 3000);
  assert.equal(ingresses.length, 2, 'ingresses');
  const sandbox = sandboxControl('http://127.0.0.1:4010');
  const orders = Array.from({ length: count }, (_, index) => `C${index}`);
  for (const [index, orderId] of orders.entries()) {
    const { status } = await call('PUT', `${ingresses[index % 2]}/v1/payments/${orderId}`, key);
    assert.equal(status, 201, orderId);
  }
  say(`${count} payments wait, started through ${ingresses.join(' and ')}`);
  const backup =
    'pg_basebackup --username temporal --pgdata - --format tar --wal-method fetch --checkpoint fast --gzip | wc -c';
  const bytes = Number(await project.compose('exec', '-T', 'postgres', 'sh', '-c', backup));
  assert(bytes > 1e6, 'a base backup');
  say(`a base backup holds ${(bytes / 1e6).toFixed(1)} MB`);
  await project.kill('worker');
  await project.kill('ingress');
  await project.compose('restart', '--timeout', '10', 'postgres');
  say('killed a worker and an ingress, restarted PostgreSQL');
  for (const orderId of orders) {
    const [invoice] = await sandbox.invoices(orderId);
    await sandbox.setStatus(invoice?.id ?? '', 'processed');
  }
  for (const orderId of orders) await receiver.arrival(orderId, 'payment.paid');
  // A second delivery would come within seconds.
  await setTimeout(5_000);
  let paid = 0;
  for (const orderId of orders) {
    const answer = await call('GET', `${ingresses[1]}/v1/payments/${orderId}`, key);
    assert.equal(answer.body.status, 'paid', orderId);
    assert.equal(receiver.of(orderId).length, 1, orderId);
    paid += 1;
  }
  say(`${paid} paid, ${orders.flatMap((orderId) => receiver.of(orderId)).length} outcomes`);
}

async function call(method: 'GET' | 'PUT', url: string, key: string) {
  const terms = { amount: { value: '100.55', currency: 'USD' }, service: 'payment_card_usd_hpp' };
  const answer = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(method === 'PUT' && { body: JSON.stringify(terms) }),
  });
  return { status: answer.status, body: (await answer.json()) as { status?: string } };
}

async function sizeOf(docker: Project['docker'], withStandIns: boolean): Promise<string> {
  const size = async (image: string): Promise<number> =>
    Number(await docker('image', 'inspect', '--format', '{{.Size}}', image)) / 1e6;
  const whole = await size('paytone-payments:local');
  const ours = withStandIns
    ? `, ${Math.round(whole - (await size('paytone-standin/node')))} MB of it ours`
    : '';
  return `${Math.round(whole)} MB${ours}`;
}
