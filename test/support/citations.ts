import { access, readFile, readdir } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const rooms = ['src', 'workflows', 'activities', 'test', 'docs'];
const written = /\.(ts|cjs|js|md|yml|json|sh|py|toml|Dockerfile)$|^(Dockerfile|run)$/;
// The first version gate makes this file (ADR 8).
const toCome = 'workflows/versions.ts';
const recorded = /^test\/(histories|samples)\/.*\.json$/;

/** Every file that people write and read, from the root of the repository. */
export async function writtenFiles(): Promise<string[]> {
  const entries = await Promise.all(
    rooms.map((room) => readdir(join(root, room), { recursive: true, withFileTypes: true })),
  );
  const top = await readdir(root, { withFileTypes: true });
  return [...entries.flat(), ...top]
    .filter((entry) => entry.isFile() && written.test(entry.name) && entry.name !== 'package-lock.json')
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((file) => !recorded.test(file));
}

const read = (file: string): Promise<string> => readFile(join(root, file), 'utf8');
const exists = (file: string): Promise<boolean> =>
  access(join(root, file)).then(
    () => true,
    () => false,
  );

/** Anchors of a page as GitHub makes them. */
async function anchorsOf(file: string): Promise<string[]> {
  const headings = (await read(file)).matchAll(/^#+ (.+)$/gm);
  return [...headings].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

async function hasTarget(file: string, anchor: string | undefined): Promise<boolean> {
  if (!(await exists(file))) return false;
  return anchor === undefined || (await anchorsOf(file)).includes(anchor);
}

/** `5` is a section's number, `5.3` the third rule of its numbered list. */
async function hasSection(file: string, number: string): Promise<boolean> {
  const [section, rule] = number.split('.');
  const [, text] = new RegExp(`^## ${section}\\. ([^]*?)(?=^## |$(?![^]))`, 'm').exec(await read(file)) ?? [];
  return text !== undefined && (rule === undefined || new RegExp(`^${rule}\\. `, 'm').test(text));
}

type Rule = {
  readonly cites: RegExp;
  readonly resolves: (match: string[], file: string) => Promise<boolean>;
};
const never = (): Promise<boolean> => Promise.resolve(false);
const isOwnSection = (file: string): boolean => /^docs\/(contract|platform)\.md$/.test(file);

const rules: readonly Rule[] = [
  // [text](path#anchor) in a page
  {
    cites: /\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)/g,
    resolves: ([, path = '', anchor], file) =>
      file.endsWith('.md') ? hasTarget(path === '' ? file : join(dirname(file), path), anchor) : yes(),
  },
  // docs/operating.md#settings, src/main/worker.ts
  {
    cites:
      /(?<![\w/.-])((?:src|workflows|activities|test|docs)\/[\w./-]+\.(?:ts|cjs|md|yml|json))(?:#([\w-]+))?/g,
    resolves: ([, path = '', anchor]) => (path === toCome ? yes() : hasTarget(path, anchor)),
  },
  // docs/contract.md §5.3 and §6
  {
    cites: /\b(contract|platform)\.md (§[\d.]*\d(?:(?:, | and | to )§[\d.]*\d)*)/g,
    resolves: async ([, page = '', numbers = '']) => {
      const found = [...numbers.matchAll(/§([\d.]*\d)/g)].map(([, number = '']) =>
        hasSection(`docs/${page}.md`, number),
      );
      return (await Promise.all(found)).every(Boolean);
    },
  },
  // §5 alone, which is clear in the numbered pages only
  {
    cites: /(?<!(?:contract|platform)\.md (?:§[\d.]+(?:, | and | to ))*)§(\d+(?:\.\d+)?)/g,
    resolves: ([, number = ''], file) => (isOwnSection(file) ? hasSection(file, number) : never()),
  },
  {
    cites: /\bADRs? (\d+)\b|\badr\/(\d{4})\b/g,
    resolves: async ([, short, long]) => {
      const number = (long ?? short ?? '').padStart(4, '0');
      return (await readdir(join(root, 'docs/adr'))).some((name) => name.startsWith(`${number}-`));
    },
  },
  {
    cites: /\bnpm run ([\w:-]*\w)/g,
    resolves: async ([, script = '']) => new RegExp(`"${script}": "`).test(await read('package.json')),
  },
  // What a reader of this repository alone cannot look up.
  {
    cites: /(?<!RFC \d+, )\bsections? \d|paytone-platform|money-core|integration page|\/shared\//g,
    resolves: never,
  },
];

function yes(): Promise<boolean> {
  return Promise.resolve(true);
}

/** What the text of a file cites and nobody can find. */
export async function danglingIn(file: string, text: string): Promise<string[]> {
  const tried = rules.flatMap(({ cites, resolves }) =>
    [...text.matchAll(cites)].map(async (match) => ((await resolves(match, file)) ? [] : [match[0]])),
  );
  return (await Promise.all(tried)).flat().map((citation) => `${file}: ${citation}`);
}

export const danglingInFile = async (file: string): Promise<string[]> => danglingIn(file, await read(file));
