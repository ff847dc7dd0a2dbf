import { codecConfig } from '../config/config.ts';
import { startCodecServer } from '../codec-server/server.ts';
import { startAdminServer } from '../observability/admin-server.ts';
import { createMetrics } from '../observability/metrics.ts';
import { EncryptionCodec } from '../temporal/payload-codec.ts';
import { runProcess } from './run-process.ts';

await runProcess({ name: 'codec' }, async (logger) => {
  const { admin: adminOptions, payloadKeys, ...config } = codecConfig();
  const { registry } = createMetrics();
  const server = await startCodecServer({ ...config, codec: new EncryptionCodec(payloadKeys), logger });
  const admin = await startAdminServer({ ...adminOptions, metrics: () => registry.metrics() });
  logger.info({ port: server.port }, 'codec server is listening');
  return {
    async stop() {
      await server.close();
      admin.close();
    },
  };
});
