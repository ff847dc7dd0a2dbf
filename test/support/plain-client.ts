import type { Client } from '@temporalio/client';
import { connectLazily } from '../../src/temporal/connection.ts';

/** Of a Temporal server of a test's own: in clear, in the default namespace. */
export const plainClient = (address: string): Client =>
  connectLazily({ address, namespace: 'default', taskQueue: '', environment: {}, payloadKeys: [] });
