/** The sum of a metric's series whose labels hold those given; null where there is none. */
export function sample(
  text: string,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number | null {
  const values = text.split('\n').flatMap((line) => {
    const [, series = '', given = '', value = ''] = /^([a-zA-Z_:]+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    const fits = Object.entries(labels).every(([key, wanted]) => given.includes(`${key}="${wanted}"`));
    return series === name && fits ? [Number(value)] : [];
  });
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0);
}
