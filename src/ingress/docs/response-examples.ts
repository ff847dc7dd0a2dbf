import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** What the product has answered, by operation, status and type: test/system/openapi-examples.test.ts records it. */
export const responseExamples = z
  .record(z.string(), z.record(z.string(), z.object({ value: z.unknown() })))
  .parse(JSON.parse(readFileSync(new URL('./response-examples.json', import.meta.url), 'utf8')));

export interface ResponseWithContent {
  readonly content?: Readonly<Record<string, object>>;
}

/** A response with its examples; `name` is its operation and status, or its own name where operations share it. */
export function withExamples<T extends ResponseWithContent>(name: string, response: T): T {
  if (!response.content) return response;
  const content = Object.fromEntries(
    Object.entries(response.content).map(([type, media]) => {
      const examples = responseExamples[`${name} ${type}`];
      return [type, { ...media, ...(examples && { examples }) }];
    }),
  );
  return { ...response, content };
}

interface OperationWithResponses {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, ResponseWithContent>>;
}

/** Paths with the examples of every response that is not shared. */
export const pathsWithExamples = <T extends object>(paths: T): T =>
  Object.fromEntries(
    Object.entries(paths as Record<string, Record<string, OperationWithResponses>>).map(
      ([path, operations]) => [path, operationsWithExamples(operations)],
    ),
  ) as T;

const operationsWithExamples = (operations: Readonly<Record<string, OperationWithResponses>>) =>
  Object.fromEntries(
    Object.entries(operations).map(([method, operation]) => {
      const responses = Object.entries(operation.responses).map(([status, response]) => [
        status,
        withExamples(`${operation.operationId} ${status}`, response),
      ]);
      return [method, { ...operation, responses: Object.fromEntries(responses) as object }];
    }),
  );
