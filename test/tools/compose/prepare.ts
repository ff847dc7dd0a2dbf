// What `npm run test:compose` and the tests on PostgreSQL build once, which takes minutes: CI does it beside other tests.
import { stdout } from 'node:process';
import { temporalPrograms } from '../postgres/programs.ts';
import { composeFor, settingsFor } from './compose.ts';
import { composeProgram, dockerDaemon } from './docker.ts';
import { buildStandIns } from './stand-ins.ts';

const say = (line: string): void => void stdout.write(`${line}\n`);

await temporalPrograms();
say('the Temporal server for PostgreSQL is there');
const daemon = await dockerDaemon();
if (typeof daemon === 'string') say(daemon);
else
  try {
    await buildStandIns(daemon, say);
    const program = await composeProgram();
    if (program !== null) {
      const settings = settingsFor('/run/secrets', 'http://127.0.0.1:9/');
      await composeFor({ daemon, program, withStandIns: true, settings }).compose('build', 'worker');
      say('the image of the product is there');
    }
  } finally {
    await daemon.stop();
  }
