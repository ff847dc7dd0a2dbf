import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode } from '@temporalio/worker';
import { failureConverterPath, payloadConverterPath } from '../temporal/connection.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const { code } = await bundleWorkflowCode({
  workflowsPath: at('../../workflows/index.js'),
  workflowInterceptorModules: [at('../../workflows/tracing.js')],
  failureConverterPath,
  payloadConverterPath,
});
await writeFile(at('../../workflow-bundle.js'), code);
