import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { isDay } from '../../domain/reconciliation/day.ts';
import { extensionHours } from '../../domain/payment/acting.ts';
import { attentionReasons } from '../attention-list.ts';
import { isDeadline } from '../../temporal/errors.ts';
import { isStandstill } from '../stopped-runs.ts';
import type { OperatorAnswer, OperatorClient } from '../operator-client.ts';
import type { ReportReader } from '../../reconciliation/report-reader.ts';
import { attentionText, reportText, storyText } from './text.ts';
import { redeliverSince } from './redeliver.ts';

export interface Connected {
  readonly operators: OperatorClient;
  readonly reports: ReportReader;
}

export interface Terminal {
  readonly out: (line: string) => void;
  readonly error: (line: string) => void;
}

/** Exit codes: what was asked is done, was refused or is not there, was not understood. */
export const exitCodes = { done: 0, refused: 1, usage: 2 } as const;

const noAnswer =
  'nobody can say how it stands: no worker runs, it is paused, or its workflow tasks fail (see "attention")';

interface Doing {
  readonly by: string;
  readonly why: string;
}

/** Runs one command; connects only once it is understood. Resolves with the exit code. */
export async function runCommand(
  args: readonly string[],
  { connect, terminal }: { readonly connect: () => Connected; readonly terminal: Terminal },
): Promise<number> {
  let code: number = exitCodes.done;
  const program = new Command('paytone-payments')
    .description('What operators of payments see and do. Settings: TEMPORAL_*, PAYLOAD_KEYS.')
    .option('--json', 'answer in JSON')
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.error(text.trimEnd()),
    })
    .exitOverride();
  const tools: Tools = {
    connect,
    print(value, text) {
      terminal.out(program.opts()['json'] === true ? JSON.stringify(value) : text);
    },
    refuse(detail) {
      terminal.error(detail);
      code = exitCodes.refused;
    },
  };
  addReading(program, tools);
  addActing(program, tools);
  addRedelivery(program, tools);
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  }
}

interface Tools {
  readonly connect: () => Connected;
  readonly print: (value: unknown, text: string) => void;
  readonly refuse: (detail: string) => void;
}

function addReading(program: Command, { connect, print, refuse }: Tools): void {
  command(program, 'attention')
    .description('list what needs attention, the newest deadline first')
    .addOption(new Option('--reason <reason>', 'only this').choices(attentionReasons))
    .action(async ({ reason }: { reason?: string }) => {
      const rows = await connect().operators.attention.rows(reason);
      print(rows, attentionText(rows));
    });
  command(program, 'show <orderId>')
    .description("one payment's story")
    .option('--customer', 'with what the order service said of the customer')
    .action(async (orderId: string, { customer }: { customer?: true }) => {
      const story = await connect()
        .operators.story(orderId)
        .catch((error: unknown) => {
          if (!isDeadline(error) && !isStandstill(error)) throw error;
          return 'unanswered' as const;
        });
      if (story === 'unanswered') return refuse(`${orderId}: ${noAnswer}`);
      if (!story) return refuse(`order ${orderId} has no payment`);
      const { terms, ...rest } = story;
      const shown = customer ? { ...rest, terms } : rest;
      print(shown, storyText(shown));
    });
  command(program, 'report <day>')
    .description("a day's reconciliation (yyyy-mm-dd)")
    .action(async (day: string) => {
      if (!isDay(day)) throw new CommanderError(exitCodes.usage, 'day', badDay(day));
      const answer = await connect().reports.read(day);
      if (answer.kind === 'report') print(answer.report, reportText(answer.report));
      else refuse(`no report of ${day}: ${answer.kind}`);
    });

  function badDay(day: string): string {
    program.configureOutput().writeErr?.(`error: ${day} is no day, yyyy-mm-dd\n`);
    return day;
  }
}

function addActing(program: Command, tools: Tools): void {
  const act = (send: (operators: OperatorClient) => Promise<OperatorAnswer>, orderId: string) =>
    send(tools.connect().operators).then((answer) => answerWith(tools, orderId, answer));
  doing(program, 'resolve <orderId>')
    .description('end a review, or close what `attention` lists as late money')
    .addOption(
      new Option('--decision <decision>').choices(['accept', 'reject', 'refund']).makeOptionMandatory(),
    )
    .action((id: string, { by, why, decision }: Doing & { decision: 'accept' | 'reject' | 'refund' }) =>
      act((operators) => operators.act(id, 'resolve', { by, why, decision }), id),
    );
  doing(program, 'reconcile <orderId>')
    .description('ask the platform at once')
    .action((id: string, { by, why }: Doing) =>
      act((operators) => operators.act(id, 'reconcile-now', { by, why }), id),
    );
  doing(program, 'acknowledge <orderId>')
    .description('say that a refused refund is seen to')
    .action((id: string, { by, why }: Doing) =>
      act((operators) => operators.act(id, 'acknowledge', { by, why }), id),
    );
  doing(program, 'extend-watch <orderId>')
    .description('ask a silent platform on before, or again after, a review')
    .option('--hours <hours>', `1 to ${extensionHours.most}`, whole, extensionHours.preset)
    .action((id: string, { by, why, hours }: Doing & { hours: number }) =>
      act((operators) => operators.act(id, 'extend-watch', { by, why, hours }), id),
    );
}

function addRedelivery(program: Command, tools: Tools): void {
  const redelivery = doing(program, 'redeliver [orderId]')
    .description('send a parked outcome again, or with --since all that were parked')
    .option('--since <time>', 'all of payments started or parked since then (RFC 3339)', instant);
  redelivery.action(async (id: string | undefined, { by, why, since }: Doing & { since?: number }) => {
    if ((id === undefined) === (since === undefined)) redelivery.error('error: name an order, or --since');
    const { operators } = tools.connect();
    if (id !== undefined) {
      answerWith(tools, id, await operators.act(id, 'redeliver-outcome', { by, why }));
      return;
    }
    const parked = operators.attention.parkedSince(since ?? 0);
    await redeliverSince(parked, async (orderId) => {
      answerWith(tools, orderId, await operators.act(orderId, 'redeliver-outcome', { by, why }));
    });
  });
}

function answerWith({ print, refuse }: Tools, id: string, answer: OperatorAnswer): void {
  if (answer.kind === 'absent') refuse(`${id}: there is no such payment`);
  else if (answer.kind === 'refused') refuse(`${id}: ${answer.detail}`);
  else print({ id, status: answer.status }, `${id}: ${answer.status ?? 'done'}`);
}

/** Each command takes `--json`, wherever it stands. */
function command(program: Command, usage: string): Command {
  const made = program.command(usage).option('--json', 'answer in JSON');
  return made.hook('preAction', (ran) => {
    if (ran.opts()['json'] === true) program.setOptionValue('json', true);
  });
}

const doing = (program: Command, usage: string): Command =>
  command(program, usage)
    .requiredOption('--by <name>', 'who you are')
    .requiredOption('--why <reason>', 'what you found; without anything of the customer');

function whole(text: string): number {
  const hours = Number(text);
  if (Number.isInteger(hours) && hours >= 1 && hours <= extensionHours.most) return hours;
  throw new InvalidArgumentError(`must be a whole number from 1 to ${extensionHours.most}`);
}

function instant(text: string): number {
  const at = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(Z|[+-][0-9]{2}:[0-9]{2})$/.test(text)
    ? Date.parse(text)
    : NaN;
  if (!Number.isNaN(at)) return at;
  throw new InvalidArgumentError('must be a time of RFC 3339, such as 2026-11-24T10:00:00Z');
}
