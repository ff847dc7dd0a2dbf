import { DefaultLogger } from '@temporalio/worker';
import { describe, expect, it } from 'vitest';
import { createLogger } from '../../src/observability/logger.ts';
import { temporalLogger } from '../../src/temporal/runtime.ts';

const secret = 'sally@example.com';

describe('log lines', () => {
  const written = (log: (logger: ReturnType<typeof createLogger>) => void): Record<string, unknown>[] => {
    const lines: string[] = [];
    log(createLogger('test', 'info', { write: (line) => void lines.push(line) }));
    return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  };

  it('hold named fields alone', () => {
    const [line] = written((logger) =>
      logger.info({ orderId: 'A1', customer: { email: secret }, body: secret, answer: { secret } }, 'looked'),
    );
    expect(line).toMatchObject({ name: 'test', orderId: 'A1', msg: 'looked' });
    expect(JSON.stringify(line)).not.toContain(secret);
    expect(Object.keys(line ?? {}).sort()).toEqual([
      'hostname',
      'level',
      'msg',
      'name',
      'orderId',
      'pid',
      'time',
    ]);
  });

  it('hold where an error came from, not what it says', () => {
    const error = new TypeError(`cannot read\n${secret}`);
    const lines = written((logger) => {
      logger.error(error);
      logger.error({ error: error.name, stack: error.stack }, 'failed');
      logger.error({ err: error }, 'failed');
      logger.error('failed for %s', secret);
    });
    expect(lines).toHaveLength(4);
    expect(JSON.stringify(lines)).not.toContain(secret);
    expect(lines[0]).toMatchObject({ error: 'TypeError', msg: 'failed' });
    expect(lines[1]?.['stack']).toContain('logger.test.ts');
  });

  it("name the order in the SDK's own lines", () => {
    const [of, other] = written((logger) => {
      const sdk = temporalLogger(logger);
      expect(sdk).toBeInstanceOf(DefaultLogger);
      sdk.warn('Activity failed', {
        workflowId: 'payment-A1',
        activityType: 'getInvoice',
        error: new Error(secret),
      });
      sdk.warn('Sweep failed', { workflowId: 'sweep-2026-11-23' });
    });
    expect(of).toMatchObject({ orderId: 'A1', activityType: 'getInvoice' });
    expect(other).not.toHaveProperty('orderId');
    expect(JSON.stringify(of)).not.toContain(secret);
  });
});
