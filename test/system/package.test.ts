import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const root = fileURLToPath(new URL('../..', import.meta.url));
const packed = z.tuple([z.object({ files: z.array(z.object({ path: z.string() })) })]);

describe('the published package', () => {
  it('holds what users import or run, and nothing else', async () => {
    const { stdout } = await promisify(execFile)('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
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
});
