import { expect, it } from 'vitest';
import { startSandboxProcess } from '../support/built-process.ts';
import { account } from '../support/rig.ts';

it('a process whose log nobody reads any more still ends on SIGTERM', async () => {
  const sandbox = await startSandboxProcess({
    PORT: '0',
    ADMIN_PORT: '0',
    PAYTONE_ACCOUNT_ID: account.id,
    PAYTONE_PRIVATE_KEY: account.privateKey,
    PAYTONE_PUBLIC_KEY: account.publicKey,
  });
  sandbox.stopReading();
  expect(await sandbox.end('SIGTERM')).toBe(0);
});
