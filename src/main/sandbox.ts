import { sandboxConfig } from '../config/config.ts';
import { startAdminServer } from '../observability/admin-server.ts';
import { createMetrics } from '../observability/metrics.ts';
import { startSandbox } from '../sandbox/sandbox.ts';
import { runProcess } from './run-process.ts';

await runProcess({ name: 'sandbox' }, async (logger) => {
  const { admin: adminOptions, publicUrl, ...options } = sandboxConfig();
  const sandbox = await startSandbox({
    ...options,
    host: '0.0.0.0',
    ...(publicUrl !== undefined && { publicUrl }),
  });
  const { registry } = createMetrics();
  const admin = await startAdminServer({ ...adminOptions, metrics: () => registry.metrics() });
  logger.info({ url: sandbox.url }, 'sandbox is listening');
  return {
    async stop() {
      await sandbox.close();
      admin.close();
    },
  };
});
