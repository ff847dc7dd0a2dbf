import { randomUUID } from 'node:crypto';
import { msToTs } from '@temporalio/common/lib/time.js';
import { expect, inject, it } from 'vitest';
import { connectLazily, disconnect } from '../../src/temporal/connection.ts';
import { missingParts, whyUnusable } from '../../src/temporal/provisioning.ts';
import { unsearchable } from '../../src/temporal/register-search-attributes.ts';

const names = ['PaymentStatus', 'PaymentExpiresAt'];
const clientOf = (namespace: string, address = inject('temporalAddress')) =>
  connectLazily({ address, namespace, taskQueue: '', environment: {}, payloadKeys: [] });

it('are found missing by queries alone, where nobody may list them', async () => {
  const namespace = `bare-${randomUUID()}`;
  const [there, bare] = [clientOf('default'), clientOf(namespace)];
  await there.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: msToTs('1 day'),
  });
  await expect.poll(() => unsearchable(bare, names).catch(String), { timeout: 20_000 }).toEqual(names);
  expect(await unsearchable(there, names)).toEqual([]);
  await Promise.all([disconnect(there), disconnect(bare)]);
}, 30_000);

it('and what stands in the way are told apart', async () => {
  const why = async (namespace: string, address?: string): Promise<string> => {
    const client = clientOf(namespace, address);
    const error: unknown = await client
      .withDeadline(Date.now() + 2_000, () => missingParts(client))
      .catch((it: unknown) => it);
    await disconnect(client);
    return whyUnusable(error, { address: 'temporal:7233', namespace });
  };
  expect(await why('nowhere')).toBe(
    'Temporal at temporal:7233 has no namespace nowhere. Check TEMPORAL_NAMESPACE.',
  );
  expect(await why('default', '127.0.0.1:1')).toContain('cannot be reached. Check TEMPORAL_ADDRESS');
  const denied = Object.assign(new Error(), { code: 7, details: '', metadata: {} });
  expect(whyUnusable(denied, { address: 'a:1', namespace: 'b' })).toContain('refuses our credentials');
});
