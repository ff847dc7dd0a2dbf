// What `npm run test:compose` and the tests on PostgreSQL build once, which takes minutes: CI does it beside other tests.
import { stdout } from 'node:process';
import { temporalPrograms } from '../postgres/programs.ts';
import { dockerDaemon } from './docker.ts';
import { buildStandIns } from './stand-ins.ts';

const say = (line: string): void => void stdout.write(`${line}\n`);

await temporalPrograms();
say('the Temporal server for PostgreSQL is there');
const daemon = await dockerDaemon();
if (typeof daemon === 'string') say(daemon);
else
  try {
    await buildStandIns(daemon, say);
  } finally {
    await daemon.stop();
  }
