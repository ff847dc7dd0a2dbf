import type { Logger } from './logger.ts';
import type { Metrics } from './metrics.ts';
import { tracePlatform } from './spans.ts';

interface PlatformAnswer {
  /** The id of the account that was asked for it. */
  readonly account: string;
  readonly operation: string;
  readonly answer: string;
  readonly seconds: number;
  readonly breakerIsOpen: boolean;
}

const rejections: ReadonlySet<string> = new Set(['unauthorized', 'forbidden']);

/**
 * Counts what the platform answers, and tells the operators once per rejected call that it rejects our keys; `about`
 * names the order that the call is for, where there is one.
 */
export const observePlatform =
  ({ platform, breaker }: Metrics, logger: Logger, about: () => { orderId?: string } = () => ({})) =>
  ({ account, operation, answer, seconds, breakerIsOpen }: PlatformAnswer): void => {
    tracePlatform({ operation, answer, seconds });
    platform.observe({ operation, answer }, seconds);
    breaker.set({ account, operation }, breakerIsOpen ? 1 : 0);
    if (breakerIsOpen && answer !== 'held_back') {
      logger.error(
        { account, operation, answer, ...about() },
        'Paytone rejects our credentials: check the account id and its keys',
      );
    } else if (rejections.has(answer)) {
      logger.warn(
        { account, operation, answer, ...about() },
        'Paytone rejects our credentials for this call alone: check what the account may use',
      );
    }
  };
