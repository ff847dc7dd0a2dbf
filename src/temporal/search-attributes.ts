import type { Client } from '@temporalio/client';
import { SearchAttributeType } from '@temporalio/common';
import { attributes } from '../../workflows/visibility.ts';

// temporal.api.enums.v1.IndexedValueType
const indexedTypes: Readonly<Partial<Record<string, number>>> = {
  [SearchAttributeType.KEYWORD]: 2,
  [SearchAttributeType.DATETIME]: 6,
};

const wanted = Object.values(attributes);

/** Names of our search attributes that the namespace does not have. */
export async function missingAttributes(client: Client): Promise<string[]> {
  const { namespace } = client.options;
  const answer = await client.connection.operatorService.listSearchAttributes({ namespace });
  return wanted.map(({ name }) => name).filter((name) => !Object.hasOwn(answer.customAttributes, name));
}

/** Registers what is missing; running it again changes nothing. */
export async function provisionAttributes(client: Client): Promise<string[]> {
  const missing = await missingAttributes(client);
  if (missing.length > 0) await addAttributes(client, missing);
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
