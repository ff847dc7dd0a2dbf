/** A price for each currency, in its own decimals, as a whole number of minor units. */
export const pricesByCurrency: Readonly<Record<string, { decimals: number; prices: readonly number[] }>> = {
  USD: { decimals: 2, prices: [650, 380, 1_290] },
  EUR: { decimals: 2, prices: [590, 340, 1_190] },
  JPY: { decimals: 0, prices: [980, 560, 1_900] },
  KWD: { decimals: 3, prices: [2_000, 1_150, 3_950] },
};

export const goods = [
  {
    name: { en: 'Sourdough loaf', uk: 'Хліб на заквасці', ru: 'Хлеб на закваске' },
    picture:
      '<ellipse cx="60" cy="48" rx="46" ry="26" fill="#b5702b"/><ellipse cx="60" cy="43" rx="40" ry="20" fill="#d99a4e"/><path d="M36 34l10 14M54 29l8 17M74 31l6 15" stroke="#fbe3bd" stroke-width="4" stroke-linecap="round"/>',
  },
  {
    name: { en: 'Two croissants', uk: 'Два круасани', ru: 'Два круассана' },
    picture:
      '<path d="M22 58c4-32 40-46 76-8-8 6-16 4-20-1-14-12-34-6-40 12-6 3-12 2-16-3z" fill="#d9902f"/><path d="M44 36l8 18M62 31l2 18M79 39l-5 14" stroke="#a7661a" stroke-width="3" stroke-linecap="round"/>',
  },
  {
    name: { en: 'Berry tart', uk: 'Ягідний тарт', ru: 'Ягодный тарт' },
    picture:
      '<path d="M18 42h84l-9 26H27z" fill="#cf8e45"/><ellipse cx="60" cy="42" rx="42" ry="14" fill="#f2d09a"/><g fill="#b3264a"><circle cx="42" cy="40" r="7"/><circle cx="58" cy="44" r="7"/><circle cx="74" cy="38" r="7"/><circle cx="58" cy="34" r="6"/></g><circle cx="86" cy="44" r="6" fill="#3b3a86"/><circle cx="32" cy="45" r="5" fill="#3b3a86"/>',
  },
] as const;

export const decimalOf = (minor: number, decimals: number): string =>
  decimals === 0
    ? String(minor)
    : `${Math.floor(minor / 10 ** decimals)}.${String(minor % 10 ** decimals).padStart(decimals, '0')}`;
