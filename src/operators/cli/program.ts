import { Command, CommanderError } from 'commander';
import { UnreachableError } from '../reach.ts';
import { addActing } from './acting.ts';
import { addListing } from './listing.ts';
import { addReading } from './reading.ts';
import { addReporting } from './reporting.ts';
import { codes, exitCodes } from './exit-codes.ts';
import { formatOptions, Tools, type Connected, type Format, type Terminal } from './tools.ts';

export { type Connected } from './tools.ts';

interface Surroundings {
  readonly connect: () => Connected;
  readonly terminal: Terminal;
  readonly version: string;
  /** Commands that are not for operators; `fail` says why one could not do what it was asked. */
  readonly extend?: (program: Command, fail: (line: string) => void) => void;
}

/** Runs one command; connects only once it is understood. Resolves with the exit code. */
export async function runCommand(
  args: readonly string[],
  { connect, terminal, version, extend }: Surroundings,
): Promise<number> {
  const program = new Command('paytone-payments')
    .description(
      'What operators of payments see and do (settings: TEMPORAL_*, PAYLOAD_KEYS), and two tools for developers: listen, trigger.',
    )
    .version(version, '-V, --version')
    .addHelpText('after', codes)
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.error(text.trimEnd()),
    })
    .exitOverride();
  for (const option of formatOptions()) program.addOption(option);
  const tools = new Tools({ connect, terminal, format: () => formatOf(program) });
  addReading(program, tools);
  addListing(program, tools);
  addReporting(program, tools);
  addActing(program, tools);
  extend?.(program, (line) => tools.fail(line));
  try {
    await program.parseAsync(args, { from: 'user' });
    return tools.code;
  } catch (error) {
    if (error instanceof UnreachableError) {
      terminal.error(error.message);
      return exitCodes.unreachable;
    }
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  }
}

function formatOf(program: Command): Format {
  const { json, output } = program.opts<{ json?: true; output?: Format }>();
  return json ? 'json' : (output ?? 'table');
}
