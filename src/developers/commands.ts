import { randomUUID } from 'node:crypto';
import { Argument, InvalidArgumentError, type Command } from 'commander';
import { demo } from '../config/well-known.ts';
import { startListener } from './listen.ts';
import { Play, PlayError, type Stage } from './play.ts';
import { scenarios } from './scenarios.ts';

interface DeveloperSurroundings {
  readonly out: (line: string) => void;
  readonly fail: (line: string) => void;
  /** Resolves at Ctrl-C, for what would go on for ever. */
  readonly interrupted: () => Promise<unknown>;
}

/** What somebody who writes an order service needs beside an editor. */
export function addDevelopers(program: Command, { out, fail, interrupted }: DeveloperSurroundings): void {
  program
    .command('listen')
    .description('takes outcomes on this machine, verifies, shows and forwards them, until Ctrl-C')
    .option('--port <port>', 'where', portOf, 4243)
    .option('--forward-to <url>', 'such as localhost:4242/outcomes', urlOption)
    .option('--secret <secret...>', 'of OUTCOME_SECRETS', [demo.outcomeSecret])
    .action(async ({ port, forwardTo, secret: secrets }: ListenOptions) => {
      const listener = await startListener({ port, secrets, forwardTo: forwardTo ?? null, say: out });
      out(`listening. Start the worker, or "npm start", with OUTCOME_URL=http://localhost:${listener.port}`);
      await interrupted();
      await listener.close();
    });
  const known = Object.entries(scenarios).map(([name, { what }]) => `  ${name.padEnd(18)}${what}`);
  program
    .command('trigger')
    .description('plays an order against the sandbox')
    .addArgument(new Argument('<scenario>', 'what happens').choices(Object.keys(scenarios)))
    .option('--order <orderId>', 'a new order id', `T-${randomUUID().slice(0, 8)}`)
    .option('--amount <amount>', 'in USD', '100.55')
    .option('--api <url>', 'the order API', urlOption, 'http://localhost:3000')
    .option('--key <key>', 'of an order service', demo.apiKey)
    .option('--sandbox <url>', 'the sandbox', urlOption, 'http://localhost:4010')
    .addHelpText('after', `\nScenarios:\n${known.join('\n')}`)
    .action(async (name: string, { order: orderId, ...stage }: TriggerOptions) => {
      try {
        await scenarios[name]?.run(new Play({ ...stage, orderId, say: out }));
      } catch (error) {
        if (!(error instanceof PlayError)) throw error;
        fail(error.message);
      }
    });
}

interface ListenOptions {
  readonly port: number;
  readonly forwardTo?: string;
  readonly secret: readonly string[];
}

type TriggerOptions = Omit<Stage, 'say' | 'orderId'> & { readonly order: string };

function portOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new InvalidArgumentError('must be a port');
}

/** `localhost:4242/outcomes` is meant as people type it. */
function urlOption(text: string): string {
  const url = /^https?:\/\//.test(text) ? text : `http://${text}`;
  if (URL.canParse(url)) return url.replace(/\/+$/, '');
  throw new InvalidArgumentError('must be a URL, such as localhost:4242/outcomes');
}
