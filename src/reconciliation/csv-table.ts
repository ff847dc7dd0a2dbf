export type CsvRow<Column extends string> = Readonly<Partial<Record<Column, string | number | null>>>;

/** A table with a line of names (RFC 4180). */
export function csvOf<Column extends string>(
  columns: readonly Column[],
  rows: readonly CsvRow<Column>[],
): string {
  const text = [columns.join(','), ...rows.map((row) => columns.map((name) => cell(row[name])).join(','))];
  return `${text.join('\r\n')}\r\n`;
}

/** Quoted where needed; a reference that somebody else chose must not be taken for a formula. */
function cell(value: string | number | null | undefined): string {
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value ?? '') ? `'${value}` : (value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
