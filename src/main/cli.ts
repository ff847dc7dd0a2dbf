#!/usr/bin/env node
import { stderr, stdout } from 'node:process';
import { runCommand, exitCodes, type Connected } from '../operators/cli/program.ts';
import { ConfigError, operatorConfig } from '../config/config.ts';
import { connectLazily } from '../temporal/connection.ts';
import { isUnavailable } from '../temporal/errors.ts';
import { OperatorClient } from '../operators/operator-client.ts';
import { ReportReader } from '../reconciliation/report-reader.ts';

const opened: OperatorClient[] = [];

function connect(): Connected {
  const config = operatorConfig();
  const client = connectLazily(config);
  const operators = new OperatorClient(client, config.taskQueue);
  opened.push(operators);
  return { operators, reports: new ReportReader(client) };
}

const error = (line: string): void => void stderr.write(`${line}\n`);
const terminal = { out: (line: string): void => void stdout.write(`${line}\n`), error };

try {
  process.exitCode = await runCommand(process.argv.slice(2), { connect, terminal });
} catch (fault) {
  process.exitCode = fault instanceof ConfigError ? exitCodes.usage : exitCodes.refused;
  if (fault instanceof ConfigError) error(fault.message);
  else error(isUnavailable(fault) ? 'Temporal cannot be reached: try again.' : `failed: ${String(fault)}`);
} finally {
  for (const client of opened) await client.close();
}
