import { directiveTable, type AnswerClass, type Directive } from '../domain/invoice/directive-table.ts';
import { failureTypeFor } from '../domain/invoice/failure-type.ts';

const answers: Readonly<Record<AnswerClass, string>> = {
  success: '200, 201',
  bad_request: '400',
  unauthorized: '401',
  forbidden: '403',
  not_found: '404',
  method_not_allowed: '405',
  conflict: '409',
  unprocessable: '422',
  rate_limited: '429',
  server_error: '500, 502, 504',
  unavailable: '503',
  unreadable: 'another status, or a body that cannot be relied on: HTML, cut JSON, no id',
  no_answer: 'refused, reset, timed out, cut off, over the limit of 1 MiB',
};
const meanings: Readonly<Record<Directive, string>> = {
  accept: 'take the answer',
  refuse:
    "nothing was created; the order's data is at fault: unsuccessful, with the platform's field messages",
  absent: 'the thing asked for does not exist',
  adopt: 'an earlier transaction holds the reference: take it over, from the body or by reference',
  look_up: 'unknown whether it was created: look by reference; repeat only when there is none',
  park: 'our credentials are at fault: alert, try again at growing intervals (10 s to 10 min) until the deadline',
  back_off: 'after `Retry-After` (at most an hour), else at growing intervals',
  retry: 'a read that failed: ask again, decide nothing',
};

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const rule = (cells: readonly string[]): string => row(cells.map(() => '---'));
const keysOf = <Key extends string>(record: Readonly<Record<Key, unknown>>) => Object.keys(record) as Key[];

/** docs/directives.md: the directive table as people read it, generated from the one that the product reads. */
export function directivePage(): string {
  const operations = keysOf(directiveTable);
  const head = ['answer', ...operations];
  const table = keysOf(answers).map((answer) =>
    row([answers[answer], ...operations.map((operation) => `\`${directiveTable[operation][answer]}\``)]),
  );
  const failures: Readonly<Record<string, string>> = failureTypeFor;
  const legend = keysOf(meanings).map((directive) => {
    const type = failures[directive];
    return row([`\`${directive}\``, meanings[directive], type === undefined ? '' : `\`${type}\``]);
  });
  const legendHead = ['directive', 'what happens', 'failure type in the history'];
  return `${[
    '# The directive table',
    '',
    'What each answer of the platform leads to. Generated from `src/domain/invoice/directive-table.ts` by',
    '`npx vitest run test/docs -u`; the client, the activities and the retry policies read the same value.',
    '',
    row(head),
    rule(head),
    ...table,
    '',
    row(legendHead),
    rule(legendHead),
    ...legend,
    '',
    'A success must also be about the order: another reference, amount, currency or mode is `review`, and so is an',
    'invoice without a usable address of its payment page (https, and one of `REDIRECT_HOSTS` where that is set).',
    'An unknown status is no final one: the payment waits and asks again. None of these is ever `paid`.',
  ].join('\n')}\n`;
}
