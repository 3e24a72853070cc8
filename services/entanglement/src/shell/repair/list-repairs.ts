import { create } from '@bufbuild/protobuf';
import { timestampFromMs, timestampMs } from '@bufbuild/protobuf/wkt';
import type { Queryable } from '@chronos/control-plane/shell/store/database.ts';
import {
  type ListRepairsRequest,
  type ListRepairsResponse,
  ListRepairsResponseSchema,
} from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import type { Universe } from '../../core/mapping/catalog.ts';
import { type CaseJson, fromJson } from '../../core/repair/case-json.ts';
import { universeNumbers } from '../capture/capture-options.ts';
import type { CaseState, RowChange } from './repair-store.ts';
import { readUnasked } from './unasked-work.ts';

const limitDefault = 50;
const listedMax = 100;

/** The journal of a migration's repairs, the newest first, with what is not settled. */
export async function listRepairs(
  database: Queryable,
  request: ListRepairsRequest,
): Promise<ListRepairsResponse> {
  const { migration, requestId } = request;
  const repairs = await database.query<{
    id: string;
    universe: Universe;
    done_ms: string;
    cases: string[];
    changes: RowChange[];
  }>(
    `SELECT id::text, universe, (extract(epoch FROM done_at) * 1000)::bigint::text AS done_ms, cases, changes FROM entanglement.repairs
     WHERE migration = $1 AND state = 'done' AND ($2 = '' OR $2 = ANY(cases)) ORDER BY done_at DESC LIMIT $3`,
    [migration, requestId, request.limit || limitDefault],
  );
  const cases = await database.query<{ state: CaseState; reason: string; content: CaseJson }>(
    `SELECT state, reason, content FROM entanglement.repair_cases
     WHERE migration = $1 AND (state <> 'settled' OR $2 <> '' AND reason <> '') AND ($2 = '' OR id = $2)
       AND ($4::float8 IS NULL OR opened_at >= to_timestamp($4)) ORDER BY opened_at LIMIT $3`,
    [migration, requestId, listedMax, request.openedSince && timestampMs(request.openedSince) / 1000],
  );
  const totals = await database.query<{ state: CaseState | 'repairs'; count: string }>(
    `SELECT state, count(*)::text AS count FROM entanglement.repair_cases WHERE migration = $1 GROUP BY state
     UNION ALL SELECT 'repairs', count(*)::text FROM entanglement.repairs WHERE migration = $1 AND state = 'done'`,
    [migration],
  );
  const alone = request.since && (await readUnasked(database, migration, timestampMs(request.since)));
  const total = (name: string) => BigInt(totals.rows.find(({ state }) => state === name)?.count ?? 0);
  return create(ListRepairsResponseSchema, {
    repairs: repairs.rows.map((repair) => ({
      id: repair.id,
      universe: universeNumbers[repair.universe],
      writtenAt: timestampFromMs(Number(repair.done_ms)),
      cases: repair.cases.slice(0, listedMax),
      rows: repair.changes.slice(0, listedMax).map(repairedRow),
      moreRows: Math.max(0, repair.changes.length - listedMax),
    })),
    unsettled: cases.rows.map(({ state, reason, content }) => {
      const { rows, ...each } = fromJson(content);
      return {
        id: each.id,
        cause: each.cause,
        authority: universeNumbers[each.authority],
        openedAt: timestampFromMs(each.openedMs),
        state,
        reason,
        rows: [...rows.values()]
          .filter(({ proven }) => !proven)
          .slice(0, listedMax)
          .map(({ entity, key }) => `${entity} ${key}`),
      };
    }),
    totals: {
      open: total('open'),
      outstanding: total('outstanding'),
      settled: total('settled'),
      reported: total('reported'),
      repairs: total('repairs'),
    },
    unasked: [...(alone?.unasked ?? [])],
    unjudged: alone?.unjudged ?? 0n,
  });
}

function repairedRow({ entity, key, kind, before, after, hidden }: RowChange) {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return {
    entity,
    key,
    added: kind === 'add',
    inserted: before === null,
    deleted: after === null,
    ...(hidden !== undefined && { hidden }),
    fields: names
      .map((name) => ({ name, before: before?.[name], after: after?.[name] }))
      .filter((field) => field.before !== field.after)
      .map((field) => ({
        name: field.name,
        ...(field.before != null && { before: field.before }),
        ...(field.after != null && { after: field.after }),
      })),
  };
}
