import type { Client } from '@temporalio/client';
import { dailySweepSchedule, hasSchedule, provisionSchedule } from './schedules.ts';
import {
  grpcFailureOf,
  missingAttributes,
  provisionAttributes,
  RefusedError,
} from './register-search-attributes.ts';

/** Registers all that a worker needs in the namespace; running it again changes nothing. */
export async function provisionNamespace(client: Client, taskQueue: string) {
  return {
    attributes: await provisionAttributes(client),
    schedule: await provisionSchedule(client, taskQueue),
  };
}

/** What of it the namespace lacks, in words. */
export async function missingParts(client: Client): Promise<string[]> {
  const attributes = await missingAttributes(client);
  const schedules = (await hasSchedule(client)) ? [] : [dailySweepSchedule];
  return [
    ...(attributes.length > 0 ? [`search attributes (${attributes.join(', ')})`] : []),
    ...(schedules.length > 0 ? [`the schedule (${schedules.join(', ')})`] : []),
  ];
}

const grpc = { deadlineExceeded: 4, notFound: 5, permissionDenied: 7, unavailable: 14, unauthenticated: 16 };

/** Why a namespace cannot be used, and which setting to look at. */
export function whyUnusable(
  error: unknown,
  { address, namespace }: { readonly address: string; readonly namespace: string },
): string {
  if (error instanceof RefusedError) return error.message;
  const failure = grpcFailureOf(error);
  switch (failure?.code) {
    case grpc.notFound:
      return `Temporal at ${address} has no namespace ${namespace}. Check TEMPORAL_NAMESPACE.`;
    case grpc.permissionDenied:
    case grpc.unauthenticated:
      return (
        `Temporal at ${address} refuses our credentials for the namespace ${namespace}. ` +
        'Check TEMPORAL_API_KEY or TEMPORAL_TLS_CLIENT_CERT_PATH, and what they may do there.'
      );
    case grpc.deadlineExceeded:
    case grpc.unavailable:
    case undefined:
      return (
        `Temporal at ${address} (namespace ${namespace}) cannot be reached. Check TEMPORAL_ADDRESS and, ` +
        'where it wants TLS, TEMPORAL_TLS or TEMPORAL_API_KEY and the certificates of TEMPORAL_TLS_….'
      );
    default:
      return `Temporal at ${address} (namespace ${namespace}) answers: ${failure?.details}`;
  }
}
