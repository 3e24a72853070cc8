import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { verifyCapsule } from '@chronos/control-plane/shell/capsule/verify-capsule.ts';
import { temporaryDir } from '@chronos/local/testing.ts';
import { afterEach, expect, test } from '@jest/globals';
import { chronosRun } from './harness/chronos-run.ts';

const root = resolve(import.meta.dirname, '..');
const name = 'bank-1990';

/** What of the report this looks at. */
interface Report {
  readonly stages: readonly { readonly modern_percent: number }[];
  readonly requests: { readonly sent: number; readonly failed: number };
  readonly coverage: {
    readonly total: number;
    readonly compared: number;
    readonly races: number;
    readonly lost: Readonly<Record<string, number>>;
    readonly pending: number;
  };
  readonly sealed: { readonly capsule: string } | null;
}

const cleanUp: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of cleanUp.splice(0).reverse()) await end();
});

/** The demo's own file, with the corrected build alone and a ladder that some hundred requests climb. */
async function shortened(): Promise<string> {
  const text = await readFile(join(root, `deploy/migrations/${name}.yaml`), 'utf8');
  const changes: readonly (readonly [RegExp, string])[] = [
    [/^listen: .*$/m, 'listen: "@LISTEN@"'],
    [/\.\.\/\.\.\/services/g, '@ROOT@/services'],
    [/^ {4}- name: v1 .*\n.*\n.*\n/m, ''],
    [
      /^ {2}ladder:\n(?: {4}-.*\n)+/m,
      `  join_deadline: 5s
  ladder:
    - { percent: 25, confidence: 95, min_compared: 200, dwell: 1s }
    - { percent: 100, confidence: 97, dwell: 2s, consistent: true }
`,
    ],
    [/^ {2}remediation: .*\n/m, ''],
    [/^ {2}auto_seal_after: .*$/m, '  auto_seal_after: 2s'],
  ];
  return changes.reduce((file, [what, by]) => {
    if (file.search(what) < 0) throw new Error(`${name}.yaml has no ${what} any more`);
    return file.replace(what, by);
  }, text);
}

test('the bank of 1990, Python and SQLite, is migrated to its seal: no request fails or is uncertain, and nothing of Chronos is left in its books', async () => {
  const migration = await shortened();
  const dir = await temporaryDir('bank-1990');
  cleanUp.push(dir.dispose);
  const report = join(dir.path, 'report.json');
  const run = await chronosRun({ migration, args: ['--exit', '--tps', '25', '--report', report] });
  cleanUp.push(() => run.stop());
  // What hangs is ended before the test is, so that its output shows where.
  const code = await Promise.race([run.ended, delay(270_000, 'late', { ref: false })]);
  if (code !== 0) throw new Error(`the run ended with ${code}:\n${run.output()}`);
  const got: Report = JSON.parse(readFileSync(report, 'utf8'));
  expect(got.requests.failed).toBe(0);
  expect(got.requests.sent).toBeGreaterThan(200);
  expect(got.stages.map((stage) => stage.modern_percent)).toEqual(expect.arrayContaining([0, 25, 100]));
  const { total, compared, races, lost, pending } = got.coverage;
  expect(lost).not.toHaveProperty('effects-unknown');
  expect(compared + races + pending + Object.values(lost).reduce((sum, n) => sum + n, 0)).toBe(total);
  expect(compared / total).toBeGreaterThan(0.97);

  const { problems, manifest } = await verifyCapsule(got.sealed?.capsule ?? '');
  expect(problems).toEqual([]);
  expect(manifest?.legacy_database.state).toBe('archived');
  const books = new DatabaseSync(join(run.stateDir, `${name}.db`), { readOnly: true });
  const left = books.prepare("SELECT name FROM sqlite_schema WHERE name LIKE 'chronos%'").all();
  books.close();
  expect(left).toEqual([]);
}, 320_000);
