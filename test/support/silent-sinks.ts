import type { InjectedSinks } from '@temporalio/worker';
import type { Measures } from '../../workflows/measures.ts';

const ignored = { fn: () => undefined };

/** For workers that measure nothing. */
export const silentSinks: InjectedSinks<Measures> = {
  measures: { started: ignored, closed: ignored, redirected: ignored, told: ignored, swept: ignored },
};
