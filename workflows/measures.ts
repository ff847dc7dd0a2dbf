import { proxySinks, type Sinks } from '@temporalio/workflow';

/** What a worker counts of its workflows. A sink is called where the code runs first, not where it is replayed. */
export interface Measures extends Sinks {
  readonly measures: {
    started(payment: { readonly service: string }): void;
    closed(closing: { readonly status: string; readonly decidedBy: string; readonly service: string }): void;
    /** The customer could be sent to the payment page; since the start of the payment. */
    redirected(seconds: number): void;
    /** An outcome was taken; since the callback that led to it. */
    told(lagSeconds: number): void;
    swept(sweep: {
      readonly counts: Readonly<Partial<Record<string, number>>>;
      readonly isComplete: boolean;
    }): void;
  };
}

export const { measures } = proxySinks<Measures>();
