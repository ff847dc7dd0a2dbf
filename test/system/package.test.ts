import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
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
    for (const kind of ['js', 'd.ts'])
      expect(files).toContain(`dist/package/src/clients/temporal/connect-payments.${kind}`);
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

describe('the published client of the order API', () => {
  const client = join(root, 'src/clients/http');

  it('holds what was built of it, and nothing else', async () => {
    const { stdout } = await run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: client });
    const files = packed.parse(JSON.parse(stdout))[0].files.map(({ path }) => path);
    expect(files.filter((file) => !/^dist\/[a-z-]+\.(js|d\.ts)$/.test(file)).sort()).toEqual([
      'LICENSE',
      'README.md',
      'package.json',
    ]);
    expect(files).toContain('dist/payments-api.js');
  });

  it('needs nothing of Node’s, nor do its dependencies', async () => {
    const { outputFiles, metafile } = await build({
      entryPoints: [join(client, 'dist/payments-api.js')],
      bundle: true,
      platform: 'browser',
      format: 'esm',
      write: false,
      metafile: true,
    });
    const externals = Object.values(metafile.outputs).flatMap(({ imports }) => imports);
    expect(externals).toEqual([]);
    const [{ contents } = { contents: new Uint8Array() }] = outputFiles;
    expect(contents.byteLength).toBeLessThan(100_000);
  });
});
