import { readFileSync } from 'node:fs';

/** A sample from Paytone's documentation, as printed there. */
export const sample = (name: string): string =>
  readFileSync(new URL(`../samples/${name}.json`, import.meta.url), 'utf8');
export const parsedSample = (name: string): unknown => JSON.parse(sample(name));
