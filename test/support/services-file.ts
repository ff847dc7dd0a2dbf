import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Right } from '../../src/http/right-names.ts';

export interface OrderService {
  readonly name: string;
  readonly keys: readonly string[];
  readonly rights: readonly Right[];
  readonly account?: string;
  readonly endpoints: readonly {
    readonly url: string;
    readonly secrets: readonly string[];
    readonly types?: readonly string[];
  }[];
}

/** A file of order services, and the settings of a rig that go by it alone. */
export async function startServicesFile(...services: readonly OrderService[]) {
  const folder = await mkdtemp(join(tmpdir(), 'paytone-services-'));
  const path = join(folder, 'services.json');
  const write = (content: string): Promise<void> => writeFile(path, content);
  const hold = (...held: readonly OrderService[]): Promise<void> => write(JSON.stringify({ services: held }));
  await hold(...services);
  const none = { ORDER_API_KEYS: '', OUTCOME_URL: '', OUTCOME_SECRETS: '' };
  return {
    settings: { ...none, ORDER_SERVICES_FILE: path },
    write,
    hold,
    remove: (): Promise<void> => rm(folder, { recursive: true }),
  };
}
