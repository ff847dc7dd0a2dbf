import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import proto from '@temporalio/proto';
import { z } from 'zod';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, 'test/histories');
/** What encrypted the recorded payloads that are encrypted: the rig's own key, which protects nothing. */
export const payloadKey = 'rig=cmlnLXJpZy1yaWctcmlnLXJpZy1yaWctcmlnLXJpZyE=';

const { History } = proto.temporal.api.history.v1;
type History = proto.temporal.api.history.v1.IHistory;

const recorded = z.object({ events: z.array(z.record(z.string(), z.unknown())) });
// The SDK's historyToJSON fails where protobufjs is installed twice; this is as readable, and reads back the same.
const plain = { enums: String, longs: String, bytes: String };

async function productVersion(): Promise<string> {
  const text = await readFile(join(root, 'package.json'), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}

/** A new folder for the version in package.json: histories of a released version stay as they were recorded. */
async function makeFolder(): Promise<string> {
  const target = join(folder, await productVersion());
  await mkdir(target).catch((error: unknown) => {
    throw new Error(`${target} is there already: raise the version in package.json first`, { cause: error });
  });
  return target;
}
let made: Promise<string> | undefined;

/** Writes a history among those of the version in package.json: an event a line. */
export async function writeHistory(name: string, history: History): Promise<void> {
  const target = await (made ??= makeFolder());
  const lines = recorded
    .parse(History.toObject(History.fromObject(history), plain))
    .events.map((it) => JSON.stringify(it));
  await writeFile(join(target, `${name}.json`), `{"events":[\n${lines.join(',\n')}\n]}\n`);
}

export interface RecordedHistory {
  readonly version: string;
  readonly name: string;
  readonly history: History;
}

/** Every history that was ever committed, of every version. */
export async function recordedHistories(): Promise<RecordedHistory[]> {
  const files = (await readdir(folder, { recursive: true })).filter((path) => path.endsWith('.json'));
  return Promise.all(
    files.sort().map(async (path) => ({
      version: path.split('/')[0] ?? '',
      name: basename(path, '.json'),
      history: History.fromObject(recorded.parse(JSON.parse(await readFile(join(folder, path), 'utf8')))),
    })),
  );
}
