import type { Payload } from '@temporalio/common';
import type { Request } from 'express';
import { z } from 'zod';
import type { Logger } from '../observability/logger.ts';

/** Who read what of whom, and who was not let in: names and ids, never a token or a payment. */
export interface Audit {
  loggedIn(request: Request, reader: string): void;
  loggedOut(request: Request, reader: string | null): void;
  /** `answer`: the status that it got. */
  refused(request: Request, answer: number, reader?: string): void;
  read(request: Request, reader: string, done: Done): void;
}

interface Done {
  readonly operation: 'decode' | 'encode';
  readonly payloads: readonly Payload[];
}

const mostWorkflows = 20;
const auditedPaths: ReadonlySet<string> = new Set(['/login', '/logout', '/decode', '/encode']);

export const auditWith = (logger: Logger): Audit => ({
  loggedIn: ({ ip }, reader) => logger.info({ reader, address: ip }, 'logged in'),
  loggedOut: ({ ip }, reader) => logger.info({ reader, address: ip }, 'logged out'),
  refused: ({ ip, path }, answer, reader) =>
    logger.warn(
      { reader, address: ip, operation: auditedPaths.has(path) ? path.slice(1) : 'other', answer },
      'refused',
    ),
  read({ ip }, reader, { operation, payloads }) {
    const workflows = workflowsOf(payloads);
    logger.info(
      {
        reader,
        address: ip,
        operation,
        payloads: payloads.length,
        workflows: workflows.slice(0, mostWorkflows),
      },
      operation === 'decode' ? 'payloads shown' : 'payloads encrypted',
    );
  },
});

const name = z.string().regex(/^[\w.-]{1,255}$/);
const place = z.tuple([name, name]);

/** Namespace and id of each workflow that payloads are of; what the codec server encrypted for the UI names none. */
function workflowsOf(payloads: readonly Payload[]): string[] {
  const named = payloads.flatMap(({ metadata }) => {
    const parsed = place.safeParse(parsedOf(metadata?.['bound-to']));
    return parsed.success ? [parsed.data.join('/')] : [];
  });
  return [...new Set(named)];
}

function parsedOf(text: Uint8Array | null | undefined): unknown {
  try {
    return JSON.parse(Buffer.from(text ?? []).toString());
  } catch {
    return null;
  }
}
