/** The rules as files have them, for the tests that hold them against metrics, runbooks and dashboards. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export interface Rule {
  /** Set on a recording rule. */
  readonly record?: string;
  /** Set on an alert. */
  readonly alert?: string;
  readonly expr: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

interface RuleFile {
  readonly groups: readonly { readonly rules: readonly Rule[] }[];
}

export function readRules(): Rule[] {
  const folder = join(import.meta.dirname, 'rules');
  return readdirSync(folder).flatMap((name) => {
    const file: RuleFile = parse(readFileSync(join(folder, name), 'utf8'));
    return file.groups.flatMap(({ rules }) => rules);
  });
}
