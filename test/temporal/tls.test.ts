import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type Server } from 'node:tls';
import { promisify } from 'node:util';
import { NativeConnection } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { temporalConfig } from '../../src/config/config.ts';
import {
  connectionOptionsFor,
  connectLazily,
  disconnect,
  isReachable,
} from '../../src/temporal/connection.ts';
import '../support/quiet-temporal.ts';

const run = promisify(execFile);

/** An authority, and certificates of it for a server and a client. */
async function makeCertificates(folder: string): Promise<void> {
  const openssl = (...words: string[]) => run('openssl', words, { cwd: folder });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  await openssl(
    'req',
    '-x509',
    ...key,
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-subj',
    '/CN=ca',
    '-days',
    '2',
  );
  for (const name of ['server', 'client']) {
    const more = ['-addext', 'subjectAltName=DNS:temporal.test'];
    await openssl(
      'req',
      ...key,
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.csr`,
      '-subj',
      `/CN=${name}`,
      ...more,
    );
    const by = [
      '-CA',
      'ca.pem',
      '-CAkey',
      'ca.key',
      '-CAcreateserial',
      '-copy_extensions',
      'copy',
      '-days',
      '2',
    ];
    await openssl('x509', '-req', '-in', `${name}.csr`, '-out', `${name}.pem`, ...by);
  }
}

describe('Temporal behind mutual TLS', () => {
  let folder = '';
  let server: Server;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'paytone-tls-'));
    await makeCertificates(folder);
    const [ca, cert, key] = await Promise.all(
      ['ca.pem', 'server.pem', 'server.key'].map((name) => readFile(join(folder, name))),
    );
    const [host = '', port] = inject('temporalAddress').split(':');
    const tls = { ca, cert, key, requestCert: true, rejectUnauthorized: true, ALPNProtocols: ['h2'] };
    server = createServer(tls, (socket) => {
      const behind = connect(Number(port), host);
      for (const [one, other] of [
        [socket, behind],
        [behind, socket],
      ] as const)
        one.on('error', () => other.destroy()).pipe(other);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(async () => {
    server.close();
    await rm(folder, { recursive: true });
  });

  const targetWith = (more: Record<string, string>) =>
    temporalConfig({
      TEMPORAL_ADDRESS: `127.0.0.1:${(server.address() as AddressInfo).port}`,
      TEMPORAL_TLS_SERVER_CA_CERT_PATH: join(folder, 'ca.pem'),
      TEMPORAL_TLS_SERVER_NAME: 'temporal.test',
      ...more,
    });
  const certificate = () => ({
    TEMPORAL_TLS_CLIENT_CERT_PATH: join(folder, 'client.pem'),
    TEMPORAL_TLS_CLIENT_KEY_PATH: join(folder, 'client.key'),
  });

  it("is reached with the SDK's own settings, by the client and by the worker's connection", async () => {
    const target = targetWith(certificate());
    const client = connectLazily(target);
    expect(await isReachable(client)).toBe(true);
    await disconnect(client);
    const connection = await NativeConnection.connect(connectionOptionsFor(target));
    await connection.close();
  });

  it('is not reached without a certificate', async () => {
    const client = connectLazily(targetWith({}));
    expect(await isReachable(client)).toBe(false);
    await disconnect(client);
    await expect(NativeConnection.connect(connectionOptionsFor(targetWith({})))).rejects.toThrow();
  }, 30_000);
});
