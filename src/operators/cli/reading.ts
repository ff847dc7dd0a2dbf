import { Option, type Command } from 'commander';
import { attentionReasons } from '../attention-list.ts';
import { attentionText, servicesDownText, unmatchedText, storyText } from './text.ts';
import { command, type Tools } from './tools.ts';

export function addReading(program: Command, tools: Tools): void {
  command(program, 'attention')
    .description('list what needs attention, the newest deadline first')
    .addOption(new Option('--reason <reason>', 'only this').choices(attentionReasons))
    .action(async ({ reason }: { reason?: string }) => {
      const connected = await tools.connect();
      const rows = await connected.operators.attention.rows(reason);
      tools.print(rows, attentionText(rows, tools.scope(connected)));
    });
  command(program, 'down')
    .description('list the order services that take no outcomes, and when each is tried again')
    .action(async () => {
      const { operators } = await tools.connect();
      const down = await operators.servicesDown();
      tools.print(down, servicesDownText(down));
    });
  command(program, 'show <id>')
    .description('the story of an order, a reference, an invoice, or what `attention` lists')
    .option('--customer', 'with what the order service said of the customer')
    .action((id: string, { customer = false }: { customer?: boolean }) => show(tools, id, customer));
}

async function show(tools: Tools, id: string, withCustomer: boolean): Promise<void> {
  const { operators } = await tools.connect();
  const found = await tools.patiently(
    id,
    operators.show(id).then((it) => it ?? ('absent' as const)),
  );
  if (found === null) return;
  if (found === 'absent') return tools.fail(`${id}: there is neither a payment nor late money of that name`);
  if (found.kind === 'unmatched') return tools.print(found.view, unmatchedText(found.workflowId, found.view));
  const { terms, ...rest } = found.story;
  const shown = withCustomer ? { ...rest, terms } : rest;
  tools.print(shown, storyText(shown));
}
