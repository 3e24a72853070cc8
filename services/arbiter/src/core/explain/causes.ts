import { type Shared, structuresOf } from './row-structure.ts';
import { leafOf } from './signature.ts';
import { count } from './wording.ts';

/** Mismatches of one route and field against one deployment of modern, as the control plane keeps them. */
export interface CauseRow {
  readonly group: string;
  readonly route: string;
  readonly field: string;
  readonly modernDeployment: string;
  /** From {@link signatureOf} of its explanation; equal signatures are one cause. */
  readonly signature: string;
  /** What modern does there, without figures (`Explanation.formula`); empty when nothing explains it. */
  readonly formula: string;
  readonly condition?: string;
  /** Whole sentence of this field. */
  readonly sentence: string;
  /** Larger is worse. */
  readonly severity: number;
  readonly count: number;
  readonly firstSeenMs: number;
  readonly lastSeenMs: number;
  readonly exampleRequestId: string;
  /** One example, raw JSON or as shown; empty where the field is missing. */
  readonly legacy: string;
  readonly modern: string;
}

/** One finding: what many fields and routes have in common. */
export interface Cause<Row extends CauseRow = CauseRow> {
  /** Stable as long as the reason is the same, whatever fields and routes join. */
  readonly id: string;
  /** One sentence: what modern does, and where if it is in several places. */
  readonly title: string;
  readonly severity: number;
  /** Mismatches, a request once a field. */
  readonly count: number;
  /** At most {@link LISTED_MAX} of each; the totals count all. */
  readonly fields: readonly string[];
  readonly routes: readonly string[];
  readonly fieldsTotal: number;
  readonly routesTotal: number;
  readonly firstSeenMs: number;
  readonly lastSeenMs: number;
  /** The newest of up to {@link EXAMPLES_MAX} different routes and fields. */
  readonly examples: readonly Row[];
  /** All rows, in the order given. */
  readonly rows: readonly Row[];
}

export const LISTED_MAX = 20;
export const EXAMPLES_MAX = 3;

/**
 * Fields and routes by their cause, the most severe first, then the newest. A cause never joins deployments: another build is another
 * finding. Pure and quick (linear but for keys within one route), so it may be done again whenever rows change.
 */
export function causesOf<Row extends CauseRow>(rows: readonly Row[]): Cause<Row>[] {
  const structures = structuresOf(rows);
  const byKey = new Map<string, { rows: Row[]; shared: Shared | undefined }>();
  for (const row of rows) {
    const shared = structures.get(row);
    const key = JSON.stringify([row.modernDeployment, shared?.signature ?? row.signature]);
    const cause = byKey.get(key);
    if (cause) cause.rows.push(row);
    else byKey.set(key, { rows: [row], shared });
  }
  return [...byKey]
    .map(([key, { rows: members, shared }]) => causeOf(key, members, shared))
    .sort((a, b) => b.severity - a.severity || b.lastSeenMs - a.lastSeenMs || b.count - a.count);
}

function causeOf<Row extends CauseRow>(
  key: string,
  rows: readonly Row[],
  shared: Shared | undefined,
): Cause<Row> {
  const fields = [...new Set(rows.map(({ field }) => field))];
  const routes = [...new Set(rows.map(({ route }) => route))];
  return {
    id: idOf(key),
    title: titleOf(rows, shared?.formula ?? formulaOf(rows), fields, routes),
    severity: Math.max(...rows.map(({ severity }) => severity)),
    count: rows.reduce((sum, row) => sum + row.count, 0),
    fields: fields.slice(0, LISTED_MAX),
    routes: routes.slice(0, LISTED_MAX),
    fieldsTotal: fields.length,
    routesTotal: routes.length,
    firstSeenMs: Math.min(...rows.map(({ firstSeenMs }) => firstSeenMs)),
    lastSeenMs: Math.max(...rows.map(({ lastSeenMs }) => lastSeenMs)),
    examples: [...rows].sort((a, b) => b.lastSeenMs - a.lastSeenMs).slice(0, EXAMPLES_MAX),
    rows,
  };
}

/** What all rows say; of those that give a range each of their own, the words before it. */
function formulaOf(rows: readonly CauseRow[]): string {
  const first = rows[0]!.formula;
  return rows.every(({ formula }) => formula === first) ? first : first.split(', ')[0]!;
}

/** `modern = legacy × 100 in 12 fields of 5 routes`; the row's own sentence where there is only one. */
function titleOf(
  rows: readonly CauseRow[],
  formula: string,
  fields: readonly string[],
  routes: readonly string[],
): string {
  const [first] = rows;
  if (rows.length === 1 && first?.formula === formula)
    return first.sentence === '' ? 'modern differs' : first.sentence;
  const condition = first?.condition === undefined ? '' : ` where ${first.condition}`;
  return `${formula === '' ? 'modern differs' : formula}${condition} in ${placesText(fields, routes)}`;
}

function placesText(fields: readonly string[], routes: readonly string[]): string {
  const where = routes.length === 1 ? routes[0]! : `${count(routes.length)} routes`;
  if (fields.length === 1) return `${fields[0]} of ${where}`;
  const leaves = [...new Set(fields.map(leafOf))];
  return leaves.length === 1 ? `${leaves[0]} of ${where}` : `${count(fields.length)} fields of ${where}`;
}

/** FNV-1a over UTF-16 units, 64 bits: an id, no secret. */
function idOf(key: string): string {
  let hash = 0xcbf29ce484222325n;
  for (let at = 0; at < key.length; at += 1)
    hash = BigInt.asUintN(64, (hash ^ BigInt(key.charCodeAt(at))) * 0x100000001b3n);
  return `c-${hash.toString(16).padStart(16, '0')}`;
}
