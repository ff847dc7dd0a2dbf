import { fileURLToPath } from 'node:url';
import { workerConfig } from '../config/config.ts';
import { measureTemporalAs } from '../temporal/runtime.ts';
import { composeWorker } from './compose-worker.ts';
import { runProcess } from './run-process.ts';

// Made by `npm run build`, beside the emitted tree.
const codePath = fileURLToPath(new URL('../../workflow-bundle.js', import.meta.url));

await runProcess({ name: 'worker' }, async (logger) => {
  const config = workerConfig();
  const sdkMetrics = await measureTemporalAs(logger);
  return composeWorker(config, logger, { workflowBundle: { codePath }, sdkMetrics });
});
