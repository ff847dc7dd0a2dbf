import { proxySinks, type Sinks } from '@temporalio/workflow';

/** What a worker counts of its workflows. A sink is called where the code runs first, not where it is replayed. */
export interface Measures extends Sinks {
  readonly measures: {
    closed(closing: { readonly status: string; readonly decidedBy: string }): void;
    /** An outcome was taken; since the callback that led to it. */
    told(lagSeconds: number): void;
    swept(sweep: {
      readonly counts: Readonly<Partial<Record<string, number>>>;
      readonly isComplete: boolean;
    }): void;
  };
}

export const { measures } = proxySinks<Measures>();
