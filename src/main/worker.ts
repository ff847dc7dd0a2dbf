import { fileURLToPath } from 'node:url';
import { workerConfig } from '../config.ts';
import { logTemporalAs } from '../temporal/runtime.ts';
import { composeWorker } from './compose-worker.ts';
import { runProcess } from './run-process.ts';

// Made by `npm run build`, beside the emitted tree.
const codePath = fileURLToPath(new URL('../../workflow-bundle.js', import.meta.url));

await runProcess({ name: 'worker' }, (logger) => {
  logTemporalAs(logger);
  return composeWorker(workerConfig(), logger, { workflowBundle: { codePath } });
});
