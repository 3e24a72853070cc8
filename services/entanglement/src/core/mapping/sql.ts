/** SQL of an expression and what it yields. A number stays one until its text is asked for, which saves casts in long expressions. */
export interface SqlValue {
  readonly sql: string;
  readonly form: 'text' | 'numeric' | 'integer';
}

export const sqlText = (sql: string): SqlValue => ({ sql, form: 'text' });

/** Canonical text of the value: a number without the zeros at the end of its fraction. */
export function asText(value: SqlValue): string {
  if (value.form === 'text') return value.sql;
  return value.form === 'integer' ? `(${value.sql})::text` : `trim_scale(${value.sql})::text`;
}

/** @returns `"name"` */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** @returns `'text'`, whatever backslashes mean to the server's settings. */
export function literal(text: string): string {
  const quoted = `'${text.replaceAll("'", "''")}'`;
  return quoted.includes('\\') ? ` E${quoted.replaceAll('\\', '\\\\')}` : quoted;
}
