// `npm run drill:rolling`: built workers of a new version, whose workflows take their steps in another order, are rolled
// in while 200 payments wait for customers; the old version drains and its worker ends.
import assert from 'node:assert/strict';
import { env } from 'node:process';
import { findTemporalProgram } from '../../../src/dev/temporal-binaries.ts';
import { temporalCli } from '../../../src/dev/temporal-program.ts';
import { startTemporalServer } from '../../../src/dev/temporal-server.ts';
import { disconnect } from '../../../src/temporal/connection.ts';
import { plainClient } from '../../support/plain-client.ts';
import { changedBuild } from '../../support/changed-build.ts';
import { reordered } from '../../support/changed-workflows.ts';
import { drainedAtOnce, versionCommand } from '../../support/worker-versions.ts';
import { named, say, startProduct, until } from './product.ts';

const { path: executable } = await findTemporalProgram(temporalCli, { environment: env, onProgress: say });
const server = await startTemporalServer({ executable, extraArgs: drainedAtOnce });
const product = await startProduct(server.address, { POLL_SCHEDULE_SECONDS: '60' });
const version = versionCommand({ executable, address: server.address });
const { tree, remove } = await changedBuild([reordered]);
try {
  await roll();
} finally {
  await product.close();
  await server.stop();
  await remove();
}

async function roll(): Promise<void> {
  const old = await product.startWorker('one');
  await version('set-current-version', 'one', '--yes');
  await product.startIngress();
  const [waiting, ramped, current] = [named('waiting', 200), named('ramped', 20), named('current', 20)];
  await product.start(waiting);
  say(`${waiting.length} payments wait under version one`);

  await product.startWorkerOf(tree, 'two');
  await version('set-ramping-version', 'two', '--percentage', '50', '--yes');
  await product.start(ramped);
  await version('set-current-version', 'two', '--yes');
  await product.start(current);
  say(`version two ramped for ${ramped.length} payments, then current for ${current.length}`);

  const all = [...waiting, ...ramped, ...current];
  await product.pay(all);
  for (const orderId of all) await product.outcomes.arrival(orderId, 'payment.paid');
  const paid = await product.paid(all);
  say(`${paid} of ${all.length} are paid and told once`);
  assert.equal(paid, all.length);
  assert.equal(await failedTasks(all), 0);
  say('no workflow task failed');

  await until('version one is drained', async () =>
    /drained/i.test(await version('describe-version', 'one')),
  );
  await product.end(old);
  await product.start(['after']);
  say('version one is drained, its worker ended, and version two goes on');
}

async function failedTasks(orders: readonly string[]): Promise<number> {
  const client = plainClient(server.address);
  let failed = 0;
  for (const orderId of orders) {
    const { events } = await client.workflow.getHandle(`payment-${orderId}`).fetchHistory();
    failed += (events ?? []).filter(({ workflowTaskFailedEventAttributes: it }) => it).length;
  }
  await disconnect(client);
  return failed;
}
