import { isGrpcServiceError, ServiceError, type Client } from '@temporalio/client';
import { SearchAttributeType } from '@temporalio/common';
import { attributes } from '../../workflows/search-attributes.ts';

// temporal.api.enums.v1.IndexedValueType
const indexedTypes: Readonly<Partial<Record<string, number>>> = {
  [SearchAttributeType.KEYWORD]: 2,
  [SearchAttributeType.DOUBLE]: 4,
  [SearchAttributeType.DATETIME]: 6,
};

/** As Temporal Cloud's forms call them. */
const typeNames: Readonly<Partial<Record<string, string>>> = {
  [SearchAttributeType.KEYWORD]: 'Keyword',
  [SearchAttributeType.DOUBLE]: 'Double',
  [SearchAttributeType.DATETIME]: 'Datetime',
};

const wanted = Object.values(attributes);

/** Where attributes are not for us to register; says how else they come to be. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  constructor(missing: readonly string[]) {
    const list = wanted
      .filter(({ name }) => missing.includes(name))
      .map(({ name, type }) => `${name} (${typeNames[type] ?? type})`);
    super(
      'This Temporal lets nobody register search attributes through its API, as Temporal Cloud does. ' +
        `Make these as docs/temporal-cloud.md says, then provision again: ${list.join(', ')}.`,
    );
  }
}

const invalidArgument = 3;
// PERMISSION_DENIED, UNIMPLEMENTED
const refusalCodes = [7, 12];

/** The gRPC failure below an error, where there is one. */
export function grpcFailureOf(error: unknown): { readonly code: number; readonly details: string } | null {
  const cause = error instanceof ServiceError ? error.cause : error;
  return isGrpcServiceError(cause) ? cause : null;
}
/** Of a query that names a search attribute which the namespace does not have. */
export const isUnknownAttribute = (error: unknown): boolean => grpcFailureOf(error)?.code === invalidArgument;
const isRefusedByServer = (error: unknown): boolean => refusalCodes.includes(grpcFailureOf(error)?.code ?? 0);

/** Names of our search attributes that the namespace does not have. */
export async function missingAttributes(client: Client): Promise<string[]> {
  const { namespace } = client.options;
  const names = wanted.map(({ name }) => name);
  try {
    const { customAttributes } = await client.connection.operatorService.listSearchAttributes({ namespace });
    return names.filter((name) => !Object.hasOwn(customAttributes, name));
  } catch (error) {
    if (!isRefusedByServer(error)) throw error;
    return unsearchable(client, names);
  }
}

/** Those that no query may name; needs no more rights than a worker has. */
export async function unsearchable(client: Client, names: readonly string[]): Promise<string[]> {
  const isUnknown = (name: string): Promise<boolean> =>
    client.workflow.count(`${name} IS NOT NULL`).then(
      () => false,
      (error: unknown) => {
        if (isUnknownAttribute(error)) return true;
        throw error;
      },
    );
  const unknown = await Promise.all(names.map(isUnknown));
  return names.filter((_, index) => unknown[index]);
}

/** Registers what is missing; running it again changes nothing. */
export async function provisionAttributes(client: Client): Promise<string[]> {
  const missing = await missingAttributes(client);
  if (missing.length === 0) return missing;
  await addAttributes(client, missing).catch((error: unknown) => {
    throw isRefusedByServer(error) ? new RefusedError(missing) : error;
  });
  return missing;
}

/** Registers attributes of ours by their names; fails where one is there already. */
export async function addAttributes(
  client: Client,
  names: readonly string[] = wanted.map(({ name }) => name),
): Promise<void> {
  const searchAttributes = Object.fromEntries(
    wanted
      .filter(({ name }) => names.includes(name))
      .map(({ name, type }) => [name, indexedTypes[type] ?? 0]),
  );
  const { namespace } = client.options;
  await client.connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
}
