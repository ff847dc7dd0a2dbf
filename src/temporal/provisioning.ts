import type { Client } from '@temporalio/client';
import { dailySweepSchedule, hasSchedule, provisionSchedule } from './schedules.ts';
import { missingAttributes, provisionAttributes } from './search-attributes.ts';

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
