import { randomBytes } from 'node:crypto';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { extensionHours } from '../../domain/payment/extend-watch.ts';
import { actOn, selecting, type Selection } from './bulk.ts';
import { doing, type Doing, type Tools } from './tools.ts';

type Resolution = 'accept' | 'reject' | 'refund';

export function addActing(program: Command, tools: Tools): void {
  addDecisions(program, tools);
  addOrders(program, tools);
  addHurrying(program, tools);
}

function addDecisions(program: Command, tools: Tools): void {
  const resolving = selecting(doing(program, 'resolve [id]'))
    .description('end a review, or decide about late money (refund, or accept: dealt with)')
    .addOption(
      new Option('--decision <decision>').choices(['accept', 'reject', 'refund']).makeOptionMandatory(),
    );
  resolving.action(
    (
      id: string | undefined,
      { by, why, decision, ...selection }: Doing & Selection & { decision: Resolution },
    ) =>
      actOn(resolving, tools, {
        id,
        selection,
        send: (operators, each) => operators.act(each, 'resolve', { by, why, decision }),
      }),
  );
  single(program, tools, { name: 'acknowledge', update: 'acknowledge' }).description(
    'say that a refused refund is seen to',
  );
}

function addOrders(program: Command, tools: Tools): void {
  const refunding = doing(program, 'refund <id>')
    .description('give money back, all that is left or --amount')
    .option('--amount <decimal>', "in the invoice's currency, such as 10.00")
    .option('--refund-id <id>', 'the same again is the same refund');
  refunding.action(
    (id: string, { by, why, amount, refundId }: Doing & { amount?: string; refundId?: string }) =>
      actOn(refunding, tools, {
        id,
        selection: {},
        send: (operators, each) =>
          operators.act(each, 'operator-refund', {
            by,
            why,
            refundId: refundId ?? `op-${randomBytes(6).toString('hex')}`,
            ...(amount !== undefined && { amount }),
          }),
      }),
  );
  single(program, tools, { name: 'cancel', update: 'operator-cancel' }).description(
    'give an order up that is not paid yet',
  );
  single(program, tools, { name: 'note', update: 'note' }).description(
    'leave a note on the payment for whoever looks next',
  );
}

function addHurrying(program: Command, tools: Tools): void {
  single(program, tools, { name: 'reconcile', update: 'reconcile-now' }).description(
    'ask the platform at once',
  );
  const watching = selecting(doing(program, 'extend-watch [id]'))
    .description('ask a silent platform on before, or again after, a review')
    .option('--hours <hours>', `1 to ${extensionHours.most}`, wholeNumber, extensionHours.preset);
  watching.action(
    (id: string | undefined, { by, why, hours, ...selection }: Doing & Selection & { hours: number }) =>
      actOn(watching, tools, {
        id,
        selection,
        send: (operators, each) => operators.act(each, 'extend-watch', { by, why, hours }),
      }),
  );
  const redelivery = selecting(doing(program, 'redeliver [id]'))
    .description('send an outcome that was not taken again, or with --since all of them')
    .option('--since <time>', 'all of payments started, or told in vain, since then (RFC 3339)', instant);
  redelivery.action(
    (id: string | undefined, { by, why, since, ...selection }: Doing & Selection & { since?: number }) =>
      actOn(redelivery, tools, {
        id,
        selection,
        found: since === undefined ? null : (operators) => operators.attention.untoldSince(since),
        send: (operators, each) => operators.act(each, 'redeliver-outcome', { by, why }),
      }),
  );
}

type Plain = 'acknowledge' | 'note' | 'reconcile-now' | 'operator-cancel';

/** An act that takes nothing but who and why. */
function single(program: Command, tools: Tools, { name, update }: { name: string; update: Plain }): Command {
  const made = doing(program, `${name} <id>`);
  return made.action((id: string, { by, why }: Doing) =>
    actOn(made, tools, {
      id,
      selection: {},
      send: (operators, each) => operators.act(each, update, { by, why }),
    }),
  );
}

function wholeNumber(text: string): number {
  const hours = Number(text);
  if (Number.isInteger(hours) && hours >= 1 && hours <= extensionHours.most) return hours;
  throw new InvalidArgumentError(`must be a whole number from 1 to ${extensionHours.most}`);
}

/** Epoch milliseconds. */
export function instant(text: string): number {
  const at = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(Z|[+-][0-9]{2}:[0-9]{2})$/.test(text)
    ? Date.parse(text)
    : NaN;
  if (!Number.isNaN(at)) return at;
  throw new InvalidArgumentError('must be a time of RFC 3339, such as 2026-11-24T10:00:00Z');
}
