import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { openApiDocument } from '../../../src/ingress/docs/openapi.ts';

// `npm run check` lints what this writes.

const folder = fileURLToPath(new URL('../../../.cache/', import.meta.url));
await mkdir(folder, { recursive: true });
await writeFile(`${folder}openapi.json`, JSON.stringify(openApiDocument, null, 2));
