import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';

const root = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);
const packed = z.tuple([
  z.object({ filename: z.string(), version: z.string(), files: z.array(z.object({ path: z.string() })) }),
]);

describe('the published package', () => {
  it('holds what users import or run, and nothing else', async () => {
    const { stdout } = await run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: root,
    });
    const files = packed.parse(JSON.parse(stdout))[0].files.map(({ path }) => path);
    expect(files.filter((file) => !file.startsWith('dist/package/')).sort()).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'package.json',
    ]);
    for (const entry of ['clients/http/payments-api', 'clients/temporal/connect-payments'])
      for (const kind of ['js', 'd.ts']) expect(files).toContain(`dist/package/src/${entry}.${kind}`);
    expect(files).toContain('dist/package/src/main/cli.js');
    expect(
      files.filter((file) => /\/(sandbox|dev|ingress|codec-server)\/|\.map$|\/test\//.test(file)),
    ).toEqual([]);
  });

  it('runs the operators’ command', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'paytone-package-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const { stdout } = await run(
      'npm',
      ['pack', '--json', '--ignore-scripts', '--pack-destination', folder],
      { cwd: root },
    );
    const [{ filename, version }] = packed.parse(JSON.parse(stdout));
    await run('tar', ['-xzf', join(folder, filename), '-C', folder]);
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
    const command = join(folder, 'package/dist/package/src/main/cli.js');
    expect((await run(execPath, [command, '--version'])).stdout).toBe(`${version}\n`);
  });
});
