import { expect, it } from 'vitest';
import { directivePage } from '../../src/dev/directive-page.ts';

it('docs/directives.md is what the table says', async () => {
  await expect(directivePage()).toMatchFileSnapshot('../../docs/directives.md');
});
