#!/usr/bin/env node
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { stderr, stdout } from 'node:process';
import { runCommand, type Connected } from '../operators/cli/program.ts';
import { exitCodes } from '../operators/cli/exit-codes.ts';
import { ConfigError, operatorConfig } from '../config/config.ts';
import { addDevelopers } from '../developers/commands.ts';
import { connectLazily } from '../temporal/connection.ts';
import { isUnavailable } from '../temporal/errors.ts';
import { OperatorClient } from '../operators/operator-client.ts';
import { ReportReader } from '../reconciliation/report-reader.ts';

const opened: OperatorClient[] = [];

function connect(): Connected {
  const config = operatorConfig();
  const client = connectLazily(config);
  const operators = new OperatorClient(client, config);
  opened.push(operators);
  return { operators, reports: new ReportReader(client) };
}

const interrupted = (): Promise<unknown> => Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
const error = (line: string): void => void stderr.write(`${line}\n`);
const terminal = {
  out: (line: string): void => void stdout.write(`${line}\n`),
  error,
  progress: (line: string): void => {
    if (stderr.isTTY) stderr.write(`\r\u001b[K${line}`);
  },
};

const { version } = JSON.parse(readFileSync(packageFile(), 'utf8')) as { version: string };

try {
  process.exitCode = await runCommand(process.argv.slice(2), {
    ...{ connect, terminal, version },
    extend: (program, fail) => addDevelopers(program, { out: terminal.out, fail, interrupted }),
  });
} catch (fault) {
  process.exitCode = codeOf(fault);
  if (fault instanceof ConfigError) error(fault.message);
  else error(isUnavailable(fault) ? 'Temporal does not answer: try again.' : `failed: ${String(fault)}`);
} finally {
  for (const client of opened) await client.close();
}

function codeOf(fault: unknown): number {
  if (fault instanceof ConfigError) return exitCodes.usage;
  return isUnavailable(fault) ? exitCodes.unreachable : exitCodes.refused;
}

/** The package's, wherever below it this file was built to. */
function packageFile(): URL {
  let folder = new URL('.', import.meta.url);
  while (!existsSync(new URL('package.json', folder))) folder = new URL('..', folder);
  return new URL('package.json', folder);
}
