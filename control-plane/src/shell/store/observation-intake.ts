import {
  type BodyReading,
  type RequestFacts,
  requestFacts,
} from '@chronos/arbiter/core/verdict/request-facts.ts';
import type { Verdict } from '@chronos/proto/events/v1/verdict_pb.js';
import { factOf } from '../../core/evidence/verdict-fact.ts';
import { type FieldKey, failureOf, type Observation, type Observed } from '../../core/judgement/observed.ts';
import type { Queryable } from './database.ts';

/** How bodies of a migration's requests are read. */
export type ReadingOf = (migration: string) => BodyReading;

/** Differences kept of a field. */
export const observationsKept = 200;
/** They are a uniform sample of so many; of more, a sample that fades towards the past, so that what begins late is seen. */
const memory = 2_000;
/** Fields observed of one migration; what differs beyond that is counted in its mismatch group and not learned from. */
const fieldsMax = 2_000;

/**
 * Counts differences and keeps some, in the transaction that stores their verdicts: two statements a batch, none where nothing differs.
 * `random` gives numbers in [0, 1).
 */
export async function addObservations(
  tx: Queryable,
  observed: readonly Observed[],
  readingOf: ReadingOf,
  random: () => number = Math.random,
): Promise<void> {
  if (observed.length === 0) return;
  // In one order everywhere, so that two writers could not wait for each other.
  const fields = [...observed].sort((a, b) => (idOf(a.key) < idOf(b.key) ? -1 : 1));
  const counted = new Map((await count(tx, fields)).map((row) => [rowId(row), row]));
  const kept = fields.flatMap((field) => {
    const row = counted.get(idOf(field.key));
    return row === undefined ? [] : draw(row, field, readingOf, random);
  });
  // A slot that is drawn twice in one batch is written once: the later one stays.
  const bySlot = new Map(kept.map((item) => [`${item.fieldId}/${item.slot}`, item]));
  await write(tx, [...bySlot.values()]);
}

interface CountRow {
  readonly id: string;
  readonly migration: string;
  readonly grp: string;
  readonly route: string;
  readonly field: string;
  readonly modern_deployment: string;
  readonly differing: string;
}

async function count(tx: Queryable, fields: readonly Observed[]): Promise<CountRow[]> {
  const times = fields.map(({ seen }) => seen.map(({ verdict }) => factOf(verdict).startedAtMs));
  const { rows } = await tx.query<CountRow>(
    `WITH room AS (SELECT migration, count(*) AS used FROM observed_fields WHERE migration = ANY($1) GROUP BY migration)
     INSERT INTO observed_fields AS f (migration, grp, route, field, modern_deployment, differing, first_seen_ms, last_seen_ms)
     SELECT v.* FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::bigint[], $8::bigint[])
       AS v (migration, grp, route, field, modern_deployment, differing, first_seen_ms, last_seen_ms)
     WHERE coalesce((SELECT used FROM room WHERE room.migration = v.migration), 0) < ${fieldsMax}
       OR EXISTS (SELECT FROM observed_fields o WHERE (o.migration, o.grp, o.route, o.field, o.modern_deployment)
         = (v.migration, v.grp, v.route, v.field, v.modern_deployment))
     ON CONFLICT (migration, grp, route, field, modern_deployment) DO UPDATE SET differing = f.differing + excluded.differing,
       first_seen_ms = least(f.first_seen_ms, excluded.first_seen_ms), last_seen_ms = greatest(f.last_seen_ms, excluded.last_seen_ms)
     RETURNING id, migration, grp, route, field, modern_deployment, differing`,
    [
      fields.map(({ key }) => key.migration),
      fields.map(({ key }) => key.group),
      fields.map(({ key }) => key.route),
      fields.map(({ key }) => key.field),
      fields.map(({ key }) => key.modernDeployment),
      fields.map(({ seen }) => seen.length),
      times.map((all) => Math.min(...all)),
      times.map((all) => Math.max(...all)),
    ],
  );
  return rows;
}

interface Kept {
  readonly fieldId: string;
  readonly slot: number;
  readonly observation: Observation;
}

/** Reservoir sampling (Vitter's algorithm R, with a bounded count): the n-th takes slot n, later ones a random one or none. */
function draw(row: CountRow, { seen }: Observed, readingOf: ReadingOf, random: () => number): Kept[] {
  const before = Number(row.differing) - seen.length;
  return seen.flatMap(({ verdict, difference }, index) => {
    const nth = before + index;
    const slot = nth < observationsKept ? nth : Math.floor(random() * Math.min(nth + 1, memory));
    if (slot >= observationsKept) return [];
    const observation: Observation = {
      requestId: verdict.requestId,
      atMs: factOf(verdict).startedAtMs,
      ruling: difference.ruling,
      severity: difference.severity,
      rule: difference.rule,
      failure: failureOf(difference),
      legacy: difference.legacyJson,
      modern: difference.modernJson,
      hasSecond: difference.hasSecond,
      second: difference.secondJson,
      cut: difference.cut,
      facts: factsOf(verdict, readingOf),
    };
    return [{ fieldId: row.id, slot, observation }];
  });
}

/** Facts help to explain; a request from which they cannot be read must not keep its verdict from being stored. */
function factsOf(verdict: Verdict, readingOf: ReadingOf): RequestFacts {
  const { legacy, modern, route, segments, migration } = verdict;
  try {
    return requestFacts(legacy ?? modern, route, segments, readingOf(migration));
  } catch {
    return {};
  }
}

async function write(tx: Queryable, kept: readonly Kept[]): Promise<void> {
  if (kept.length === 0) return;
  const column = <T>(of: (observation: Observation) => T): T[] =>
    kept.map(({ observation }) => of(observation));
  await tx.query(
    `INSERT INTO observations (field_id, slot, request_id, at_ms, ruling, severity, rule, legacy, modern, has_second, second, cut, facts, explanation)
     SELECT * FROM unnest($1::bigint[], $2::int[], $3::text[], $4::bigint[], $5::int[], $6::int[], $7::text[], $8::text[], $9::text[],
       $10::boolean[], $11::text[], $12::boolean[], $13::text[], $14::text[])
     ON CONFLICT (field_id, slot) DO UPDATE SET request_id = excluded.request_id, at_ms = excluded.at_ms, ruling = excluded.ruling,
       severity = excluded.severity, rule = excluded.rule, legacy = excluded.legacy, modern = excluded.modern, has_second = excluded.has_second,
       second = excluded.second, cut = excluded.cut, facts = excluded.facts,
       explanation = excluded.explanation`,
    [
      kept.map(({ fieldId }) => fieldId),
      kept.map(({ slot }) => slot),
      column((o) => o.requestId),
      column((o) => o.atMs),
      column((o) => o.ruling),
      column((o) => o.severity),
      column((o) => o.rule),
      column((o) => o.legacy ?? null),
      column((o) => o.modern ?? null),
      column((o) => o.hasSecond),
      column((o) => o.second ?? null),
      column((o) => o.cut),
      column((o) => JSON.stringify(o.facts)),
      column((o) => o.failure),
    ],
  );
}

function idOf({ migration, group, route, field, modernDeployment }: FieldKey): string {
  return JSON.stringify([migration, group, route, field, modernDeployment]);
}

function rowId(row: CountRow): string {
  return JSON.stringify([row.migration, row.grp, row.route, row.field, row.modern_deployment]);
}
