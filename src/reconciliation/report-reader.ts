import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import type { AccountId } from '../domain/identity.ts';
import type { Report } from '../domain/reconciliation/report.ts';
import { sweepIdFor, type SweepInput } from '../../workflows/messages.ts';
import { callWithin } from '../temporal/deadline.ts';

/** The workflow `dailySweep` as its client sees it. */
type SweepWorkflow = (input: SweepInput) => Promise<Report>;

/** `underway`: the sweep of that day runs; `ended`: it was ended without a result. */
export type ReportAnswer =
  { readonly kind: 'report'; readonly report: Report } | { readonly kind: 'absent' | 'underway' | 'ended' };

const reportMs = 8_000;

/** Reads the reports of days: results of their sweeps, for as long as the namespace remembers them. */
export class ReportReader {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  /** `account`: absent for that of the environment. */
  read(day: string, account?: AccountId): Promise<ReportAnswer> {
    return callWithin(this.#client, reportMs, () => this.#read(day, account));
  }

  async #read(day: string, account?: AccountId): Promise<ReportAnswer> {
    const handle = this.#client.workflow.getHandle<SweepWorkflow>(sweepIdFor(day, account));
    try {
      const { status } = await handle.describe();
      if (status.name === 'RUNNING') return { kind: 'underway' };
      if (status.name !== 'COMPLETED') return { kind: 'ended' };
      return { kind: 'report', report: await handle.result() };
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return { kind: 'absent' };
      throw error;
    }
  }
}
