import type { Command } from 'commander';
import { isUnknownAttribute } from '../../temporal/register-search-attributes.ts';
import type { AttentionRow } from '../attention-list.ts';
import type { OperatorAnswer, OperatorClient } from '../operator-client.ts';
import { attentionText } from './text.ts';
import { exitCodes } from './exit-codes.ts';
import { type Tools } from './tools.ts';

/** So many at once: an order service that comes back must not be flooded. */
const atOnce = 4;

/** Of a command that takes one id, or acts on all that are found. */
export interface Selection {
  readonly query?: string;
  readonly dryRun?: true;
}

export const selecting = (command: Command): Command =>
  command
    .option('--query <condition>', 'all open ones that this visibility query finds')
    .option('--dry-run', 'only list them');

interface Act {
  readonly id: string | undefined;
  readonly selection: Selection;
  /** Other ways to find some; null where none was asked for. */
  readonly found?: ((operators: OperatorClient) => Promise<AttentionRow[]>) | null;
  readonly send: (operators: OperatorClient, id: string) => Promise<OperatorAnswer>;
}

/** Does one thing to one, or to all that are found, a line each. */
export async function actOn(command: Command, tools: Tools, act: Act): Promise<void> {
  assertOneWay(command, act);
  const { id, selection, send } = act;
  const connected = selection.dryRun ? await tools.connect() : await tools.connectToWorkers();
  if (!connected) return;
  const { operators } = connected;
  if (id !== undefined) return tools.answer(id, await send(operators, id));
  const rows = await rowsToActOn(operators, act);
  if (rows === null)
    return tools.fail(`${selection.query}: Temporal does not understand this query`, exitCodes.usage);
  if (selection.dryRun) return tools.print(rows, attentionText(rows, tools.scope(connected)));
  await sendAll(tools, rows, (each) => send(operators, each));
}

function assertOneWay(command: Command, { id, selection, found }: Act): void {
  const ways = [id, selection.query, found ?? undefined].filter((way) => way !== undefined);
  if (ways.length !== 1) command.error('error: name one, or say which by --query or --since');
  if (id !== undefined && selection.dryRun) command.error('error: --dry-run is not for one that is named');
}

/** Null where it is no query. */
async function rowsToActOn(
  operators: OperatorClient,
  { selection, found }: Act,
): Promise<AttentionRow[] | null> {
  try {
    return await (found ? found(operators) : operators.attention.matching(selection.query ?? ''));
  } catch (error) {
    if (isUnknownAttribute(error)) return null;
    throw error;
  }
}

async function sendAll(
  tools: Tools,
  rows: readonly AttentionRow[],
  send: (id: string) => Promise<OperatorAnswer>,
): Promise<void> {
  const left = rows.map(({ orderId, workflowId }) => orderId ?? workflowId);
  let done = 0;
  const work = async (): Promise<void> => {
    for (let id = left.shift(); id !== undefined; id = left.shift()) {
      const answer = await send(id);
      tools.terminal.progress('');
      tools.answer(id, answer);
      tools.terminal.progress(`${bar((done += 1) / rows.length)} ${done} of ${rows.length}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  tools.terminal.progress('');
}

const barLength = 30;

function bar(part: number): string {
  const full = Math.round(part * barLength);
  return `[${'#'.repeat(full)}${' '.repeat(barLength - full)}]`;
}
