import { ingressConfig } from '../config/config.ts';
import { composeIngress } from './compose-ingress.ts';
import { runProcess } from './run-process.ts';

await runProcess({ name: 'ingress' }, (logger) =>
  composeIngress(ingressConfig(), logger, { noticeMs: 3_000 }),
);
