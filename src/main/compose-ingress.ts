import { createServer, type RequestListener } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import type { IngressConfig } from '../config/config.ts';
import { listen } from '../http/listen.ts';
import { serverLimits } from '../http/server-limits.ts';
import { ingressApp } from '../ingress/app.ts';
import { answerUnread } from '../ingress/unread.ts';
import { startAdminServer } from '../observability/admin-server.ts';
import type { Logger } from '../observability/logger.ts';
import { createMetrics, showReadiness, type Metrics } from '../observability/metrics.ts';
import { observePlatform } from '../observability/platform-observer.ts';
import { measuredListener } from '../observability/requests.ts';
import { withRequestContext } from '../observability/request-context.ts';
import { tracedListener } from '../observability/spans.ts';
import { PaytoneClients } from '../paytone/accounts.ts';
import { servicesFor } from '../paytone/service-calls.ts';
import { connectLazily, disconnect, isReachable } from '../temporal/connection.ts';
import { cachedServices } from '../payments/cached-services.ts';
import { isUnavailable } from '../temporal/errors.ts';
import { paymentsOver } from '../payments/over-temporal.ts';
import { orderPayments } from '../payments/payments.ts';
import { ReportReader } from '../reconciliation/report-reader.ts';
import { liveServices } from './live-services.ts';
import type { RunningProcess } from './run-process.ts';

interface Leaving {
  /** How long it goes on answering after it has said that it is not ready, so that balancers look elsewhere first. */
  readonly noticeMs: number;
}

const observed = ({ registry }: Metrics, app: RequestListener): RequestListener =>
  withRequestContext(tracedListener(measuredListener(registry, app)));

/** The ingress, listening. */
export async function composeIngress(
  config: IngressConfig,
  logger: Logger,
  { noticeMs }: Leaving = { noticeMs: 0 },
): Promise<RunningProcess & { url: string; metrics: () => Promise<string> }> {
  const temporal = connectLazily(config.temporal);
  const metrics = createMetrics();
  let draining = false;
  const isReady = async (): Promise<boolean> => !draining && (await isReachable(temporal));
  showReadiness(metrics, 'ingress', isReady);
  const { reload, accounts, ...services } = liveServices(config, logger);
  const clients = new PaytoneClients(accounts, { observe: observePlatform(metrics, logger) });
  const { feed, ...parts } = routeParts(config, { temporal, clients, services });
  const app = ingressApp({
    ...parts,
    returnOrigins: config.returnOrigins,
    keys: services.keys,
    rateLimit: config.rateLimit,
    tokenSecrets: config.paytone.callbackSecrets,
    accounts,
    callbackAddresses: config.callbackAddresses,
    trustedProxies: config.trustedProxies,
    isLive: !config.policy.testMode,
    metrics,
    logger,
    isReady,
    isUnavailable,
  });
  const server = createServer(serverLimits, observed(metrics, app));
  answerUnread(server);
  server.prependListener('request', (_request, response) => {
    if (draining) response.setHeader('connection', 'close');
  });
  const { port, close } = await listen(server, config.port);
  const readMetrics = (): Promise<string> => metrics.registry.metrics();
  const admin = await startAdminServer({ ...config.admin, isReady, metrics: readMetrics });
  logger.info({ port }, 'ingress is listening');
  return {
    url: `http://127.0.0.1:${port}`,
    reload,
    metrics: readMetrics,
    async stop() {
      draining = true;
      await setTimeout(noticeMs);
      feed.stop();
      await close();
      await Promise.all([clients.close(), disconnect(temporal)]);
      admin.close();
    },
  };
}

interface Sources {
  readonly temporal: ReturnType<typeof connectLazily>;
  readonly clients: PaytoneClients;
  readonly services: Pick<ReturnType<typeof liveServices>, 'accountIds' | 'isOwner' | 'policyFor'>;
}

/** What the routes ask. */
function routeParts(
  { temporal: { taskQueue }, paytone, returnOrigins }: IngressConfig,
  { temporal, clients, services }: Sources,
) {
  const { policyFor, accountIds } = services;
  const payments = paymentsOver(temporal, taskQueue, { ...services, find: clients.findAttempts });
  const reports = new ReportReader(temporal);
  return {
    payments: orderPayments({
      ...{ ...payments, policyFor, returnOrigins },
      services: cachedServices(servicesFor((account) => clients.of(account).prerequest, paytone.testMode)),
    }),
    callbacks: payments.callbacks,
    returns: payments.returns,
    feed: payments.feed,
    reports: {
      read: (day: string, owner: string) => {
        const { account } = policyFor(owner);
        const [, ...others] = accountIds();
        return reports.read(
          day,
          others.find((other) => other === account),
        );
      },
    },
  };
}
