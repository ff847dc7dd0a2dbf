import { Option, type Command } from 'commander';
import { isDeadline } from '../../temporal/errors.ts';
import type { ReportReader } from '../../reconciliation/report-reader.ts';
import type { OperatorAnswer, OperatorClient } from '../operator-client.ts';
import { isStandstill } from '../stopped-runs.ts';
import { exitCodes } from './exit-codes.ts';

export interface Connected {
  readonly operators: OperatorClient;
  readonly reports: ReportReader;
}

export interface Terminal {
  readonly out: (line: string) => void;
  readonly error: (line: string) => void;
  /** A line that the next one takes the place of; nothing where nobody looks. */
  readonly progress: (line: string) => void;
}

export type Format = 'json' | 'table' | 'wide';

/** Who acts, and why. */
export interface Doing {
  readonly by: string;
  readonly why: string;
}

interface Parts {
  readonly connect: () => Connected;
  readonly terminal: Terminal;
  readonly format: () => Format;
}

/** What every command needs: a connection that is known to be of use, and one way to answer. */
export class Tools {
  code: number = exitCodes.done;
  readonly terminal: Terminal;
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.terminal = parts.terminal;
  }

  get format(): Format {
    return this.#parts.format();
  }

  /** For what no worker is needed for: that there is none is said all the same. @throws UnreachableError */
  async connect(): Promise<Connected> {
    const connected = this.#parts.connect();
    const missing = await connected.operators.missingWorkers();
    if (missing !== null) this.fail(missing, exitCodes.unreachable);
    return connected;
  }

  /** For what only a worker can do; null where there is none, which is said. */
  async connectToWorkers(): Promise<Connected | null> {
    const connected = await this.connect();
    return this.code === exitCodes.unreachable ? null : connected;
  }

  /** Which payments a list is of. */
  scope({ operators }: Connected): string {
    const { namespace, taskQueue } = operators.target;
    return `namespace ${namespace}, task queue ${taskQueue}`;
  }

  print(value: unknown, text: string): void {
    this.terminal.out(this.format === 'json' ? JSON.stringify(value) : text);
  }

  fail(detail: string, code: number = exitCodes.refused): void {
    this.terminal.error(detail);
    this.code = Math.max(this.code, code);
  }

  answer(id: string, answer: OperatorAnswer): void {
    if (answer.kind === 'absent') this.fail(`${id}: there is no such payment`);
    else if (answer.kind === 'refused') this.fail(`${id}: ${answer.detail}`);
    else if (!answer.isFulfilled) this.fail(`${id}: ${answer.became}`);
    else this.print({ id, became: answer.became }, `${id}: ${answer.became}`);
  }

  /** What a worker answers; null where none does in time, which is said. */
  async patiently<Answer>(id: string, asked: Promise<Answer>): Promise<Answer | null> {
    try {
      return await asked;
    } catch (error) {
      if (!isDeadline(error) && !isStandstill(error)) throw error;
      const why = 'no worker says how it stands: it is paused, or its workflow tasks fail (see "attention")';
      this.fail(`${id}: ${why}`);
      return null;
    }
  }
}

/** Each command takes the way to answer, wherever it stands. */
export function command(program: Command, usage: string): Command {
  const made = program.command(usage);
  for (const option of formatOptions()) made.addOption(option);
  return made.hook('preAction', (ran) => {
    for (const [name, value] of Object.entries(ran.opts()))
      if (name === 'json' || name === 'output') program.setOptionValue(name, value);
  });
}

export const formatOptions = (): Option[] => [
  new Option('-o, --output <format>', 'how to answer').choices(['json', 'table', 'wide']),
  new Option('--json', 'the same as --output json'),
];

export const doing = (program: Command, usage: string): Command =>
  command(program, usage)
    .requiredOption('--by <name>', 'who you are')
    .requiredOption('--why <reason>', 'what you found; without anything of the customer');
