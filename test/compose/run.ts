// `npm run test:compose`: docker-compose.yml as it stands. 50 orders through two ingresses and two workers, of which
// one each is killed and PostgreSQL restarted before they are paid: 50 paid, 50 outcomes.
import assert from 'node:assert/strict';
import { env, exit, stdout } from 'node:process';
import { setTimeout } from 'node:timers/promises';
import { fetch } from 'undici';
import { startOutcomeReceiver } from '../support/outcome-receiver.ts';
import { sandboxControl } from '../support/sandbox-control.ts';
import { composeFor, obstacle, services, writeSecrets } from './compose.ts';

const count = 50;
const say = (line: string): void => void stdout.write(`${line}\n`);

const lacks = await obstacle();
if (lacks !== null) {
  say(`Skipped: ${lacks}.`);
  exit(0);
}

const { folder, secrets, remove } = await writeSecrets();
// Docker's own bridge: where containers reach this host.
const receiver = await startOutcomeReceiver(secrets.outcome_secrets, env['DOCKER_BRIDGE'] ?? '172.17.0.1');
const project = composeFor({
  SECRETS: folder,
  PAYTONE_URL: 'http://sandbox:4010',
  PAYTONE_ACCOUNT_ID: 'coma_compose',
  PAYTONE_PUBLIC_KEY: 'pk_test_compose',
  PUBLIC_URL: 'http://ingress:3000',
  OUTCOME_URL: receiver.url,
  INGRESS_PORTS: '23000-23009',
});
try {
  await play();
} finally {
  await project.compose('down', '--volumes', '--timeout', '5');
  receiver.close();
  await remove();
}

async function play(): Promise<void> {
  await project.compose('up', '--detach', '--wait', ...services);
  const ingresses = await project.addresses('ingress', 3000);
  assert.equal(ingresses.length, 2);
  const sandbox = sandboxControl('http://127.0.0.1:4010');
  const orders = Array.from({ length: count }, (_, index) => `C${index}`);
  for (const [index, orderId] of orders.entries()) {
    const { status } = await put(ingresses[index % 2] ?? '', orderId);
    assert.equal(status, 201, orderId);
  }
  say(`${count} payments wait, started through ${ingresses.join(' and ')}`);
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
  for (const orderId of orders) assert.equal(receiver.of(orderId).length, 1, orderId);
  say(`${count} paid, ${count} outcomes`);
}

async function put(ingress: string, orderId: string): Promise<{ status: number }> {
  const key = secrets.order_api_keys.replace('shop=', '');
  const answer = await fetch(`${ingress}/v1/payments/${orderId}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ amount: { value: '100.55', currency: 'USD' }, service: 'payment_card_usd_hpp' }),
  });
  await answer.arrayBuffer();
  return answer;
}
