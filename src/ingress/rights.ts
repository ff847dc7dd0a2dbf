import type { NextFunction, Response } from 'express';
import type { Right } from '../http/right-names.ts';
import type { Problem } from '../payments/problem.ts';
import { sendProblem } from './send-problem.ts';

/** Lets a key on that has one of the rights; the first is the one to ask for. */
export const needs =
  (...anyOf: readonly [Right, ...Right[]]) =>
  (_request: unknown, response: Response, next: NextFunction): void => {
    const granted: unknown = response.locals['rights'];
    if (Array.isArray(granted) && anyOf.some((right) => granted.includes(right))) next();
    else sendProblem(response, lacking(anyOf[0]));
  };

const lacking = (right: Right): Problem => ({
  kind: 'forbidden',
  status: 403,
  detail: `This key lacks the right "${right}". Use a key that has it, or have the operators add it to the rights of your order service.`,
});
