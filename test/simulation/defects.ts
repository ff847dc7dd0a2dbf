import { askingDefects } from './defects/asking.ts';
import { memoryDefects } from './defects/memory.ts';
import { moneyDefects } from './defects/money.ts';
import type { Defect } from './defects/planting.ts';
import { tellingDefects } from './defects/telling.ts';
import { productCore, type Core } from './life/core.ts';

/** Mistakes that the product could make, planted one at a time to prove that the checker sees them. */
export const defects: Readonly<Record<string, Defect>> = {
  ...askingDefects,
  ...memoryDefects,
  ...moneyDefects,
  ...tellingDefects,
};

export function coreWith(name: string | null): Core {
  if (name === null) return productCore;
  const defect = defects[name];
  if (!defect) throw new Error(`no defect is called ${name}; there are ${Object.keys(defects).join(', ')}`);
  return defect(productCore);
}
