import { pino, type Logger } from 'pino';

export type { Logger } from 'pino';

/** JSON lines on standard output. What is logged is named field by field; bodies and headers never are. */
export const createLogger = (process: string, level = 'info'): Logger => pino({ name: process, level });
