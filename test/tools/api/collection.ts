import { writeFile } from 'node:fs/promises';
import { postmanCollection } from './postman.ts';

// `npm run collection` writes what `/docs/collection.json` serves.

const file = new URL('../../../src/ingress/docs/collection.json', import.meta.url);
await writeFile(file, await postmanCollection());
