import type { Logger } from './logger.ts';
import type { Metrics } from './metrics.ts';
import { tracePlatform } from './spans.ts';

interface PlatformAnswer {
  readonly operation: string;
  readonly answer: string;
  readonly seconds: number;
  readonly circuitIsOpen: boolean;
}

/**
 * Counts what the platform answers, and tells the operators once per rejected call that it rejects our keys; `about`
 * names the order that the call is for, where there is one.
 */
export const observePlatform =
  ({ platform, circuit }: Metrics, logger: Logger, about: () => { orderId?: string } = () => ({})) =>
  ({ operation, answer, seconds, circuitIsOpen }: PlatformAnswer): void => {
    tracePlatform({ operation, answer, seconds });
    platform.observe({ operation, answer }, seconds);
    circuit.set({ operation }, circuitIsOpen ? 1 : 0);
    if (circuitIsOpen && answer !== 'held_back') {
      logger.error(
        { operation, answer, ...about() },
        'Paytone rejects our credentials: check the account id and its keys',
      );
    }
  };
