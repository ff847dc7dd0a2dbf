// `npm run drill:rolling`: built workers of a new version, whose workflows take their steps in another order, are rolled
// in while 200 payments wait for customers; the old version drains and its worker ends.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { env } from 'node:process';
import { promisify } from 'node:util';
import { findTemporalProgram } from '../../../src/dev/temporal-binaries.ts';
import { temporalCli } from '../../../src/dev/temporal-program.ts';
import { startTemporalServer } from '../../../src/dev/temporal-server.ts';
import { disconnect } from '../../../src/temporal/connection.ts';
import { plainClient } from '../../support/plain-client.ts';
import { changedBundle, reordered } from '../../support/changed-workflows.ts';
import { root } from '../../support/histories.ts';
import { named, say, startProduct, until } from './product.ts';

const run = promisify(execFile);
const { path: executable } = await findTemporalProgram(temporalCli, { environment: env, onProgress: say });
// Temporal asks after 3 minutes whether a version is drained; nobody wants to wait for that here.
const atOnce = ['VersionDrainageStatusRefreshInterval', 'VersionDrainageStatusVisibilityGracePeriod'].flatMap(
  (key) => ['--dynamic-config-value', `matching.wv.${key}="1s"`],
);
const server = await startTemporalServer({ executable, extraArgs: atOnce });
const product = await startProduct(server.address, { POLL_SCHEDULE_SECONDS: '60' });
const tree = await mkdtemp(join(root, '.cache/changed-'));
try {
  await cp(join(root, 'dist'), tree, { recursive: true });
  const bundle = await changedBundle([reordered]);
  assert('code' in bundle);
  await writeFile(join(tree, 'workflow-bundle.js'), bundle.code);
  await roll();
} finally {
  await product.close();
  await server.stop();
  await rm(tree, { recursive: true });
}

/** As an operator types it; again while Temporal has not heard of the version. */
async function version(command: string, buildId: string, ...more: string[]): Promise<string> {
  const words = ['worker', 'deployment', command, '--deployment-name', 'paytone-payments'];
  let said = '';
  await until(command, () =>
    run(executable, [...words, '--build-id', buildId, '--address', server.address, ...more]).then(
      ({ stdout }) => {
        said = stdout;
        return true;
      },
      () => false,
    ),
  );
  return said;
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
