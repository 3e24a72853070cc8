import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { stands } from '@chronos/arbiter/core/judge/ruling.ts';
import type { Exchange, HttpMessage } from '@chronos/proto/events/v1/exchange_pb.js';
import { Kind, type Verdict, VerdictSchema } from '@chronos/proto/events/v1/verdict_pb.js';
import type { Queryable } from './database.ts';

/** How many of each class are kept: matches, and everything else. The counts made of them stay. */
export const verdictsKeptPerClass = 50_000;
/** Of each stored body; what is cut says so (`body_truncated`). Bounds a full table to a few gigabytes at the very worst. */
const storedBodyBytesMax = 16 * 1024;

/** A verdict and the bytes it came as. */
export interface EncodedVerdict {
  readonly verdict: Verdict;
  readonly bytes: Uint8Array;
}

/**
 * Inserts the verdicts that are not there yet and returns their request ids; a verdict delivered twice is inserted once. One statement a
 * batch. The bodies go as one binary parameter that the statement cuts up: an array of bytea is sent as escaped hexadecimal text, which
 * costs several times the CPU.
 */
export async function insertVerdicts(
  tx: Queryable,
  encoded: readonly EncodedVerdict[],
): Promise<Set<string>> {
  if (encoded.length === 0) return new Set();
  const verdicts = encoded.map(({ verdict }) => verdict);
  const bodies = encoded.map(boundedBody);
  let end = 0;
  const starts = bodies.map((body) => {
    const start = end + 1; // SQL counts from one
    end += body.length;
    return start;
  });
  const { rows } = await tx.query<{ request_id: string }>(
    `INSERT INTO verdicts (request_id, migration, grp, route, kind, class, client_request_id, fields, body,
       modern_deployment)
     SELECT request_id, migration, grp, route, kind, class, client_request_id, string_to_array(fields, E'\\n'),
       substring($11::bytea FROM start FOR length), modern_deployment
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int[], $6::int[], $7::text[], $8::text[], $9::int[], $10::int[],
       $12::text[]) AS v (request_id, migration, grp, route, kind, class, client_request_id, fields, start, length, modern_deployment)
     ON CONFLICT (request_id) DO NOTHING RETURNING request_id`,
    [
      verdicts.map((v) => v.requestId),
      verdicts.map((v) => v.migration),
      verdicts.map((v) => v.group),
      verdicts.map((v) => v.route),
      verdicts.map((v) => v.kind),
      verdicts.map((v) => classOf(v.kind)),
      verdicts.map((v) => v.clientRequestId),
      verdicts.map((v) => standingFields(v).join('\n')),
      starts,
      bodies.map((body) => body.length),
      Buffer.concat(bodies),
      verdicts.map((v) => v.modernDeployment),
    ],
  );
  return new Set(rows.map((row) => row.request_id));
}

export interface VerdictFilter {
  readonly migration: string;
  readonly group: string;
  readonly route: string;
  readonly kinds: readonly Kind[];
  readonly field: string;
  /** Only those older than this sequence. */
  readonly before?: bigint | undefined;
  readonly limit: number;
}

export interface StoredVerdict {
  readonly sequence: bigint;
  readonly verdict: Verdict;
}

/** Newest first. The filters scan the bounded table along its index by age. */
export async function listVerdicts(db: Queryable, filter: VerdictFilter): Promise<StoredVerdict[]> {
  const { rows } = await db.query<VerdictRow>(
    `SELECT sequence, body FROM verdicts
     WHERE migration = $1 AND ($2 = '' OR grp = $2) AND ($3 = '' OR route = $3) AND (cardinality($4::int[]) = 0 OR kind = ANY($4::int[]))
       AND ($5 = '' OR $5 = ANY(fields)) AND ($6::bigint IS NULL OR sequence < $6)
     ORDER BY sequence DESC LIMIT $7`,
    [
      filter.migration,
      filter.group,
      filter.route,
      filter.kinds,
      filter.field,
      filter.before ?? null,
      filter.limit,
    ],
  );
  return rows.map(storedOf);
}

/** By Chronos's request id, else the newest with that x-request-id. */
export async function getVerdict(db: Queryable, requestId: string): Promise<Verdict | undefined> {
  const { rows } = await db.query<VerdictRow>(
    `SELECT sequence, body FROM verdicts WHERE request_id = $1 OR (client_request_id = $1 AND client_request_id <> '')
     ORDER BY (request_id = $1) DESC, sequence DESC LIMIT 1`,
    [requestId],
  );
  return rows[0] === undefined ? undefined : storedOf(rows[0]).verdict;
}

/** Deletes the oldest beyond what is kept of each class. */
export async function trimVerdicts(db: Queryable, keep = verdictsKeptPerClass): Promise<void> {
  for (const kept of [0, 1]) {
    await db.query(
      `DELETE FROM verdicts WHERE class = $1 AND sequence <=
         (SELECT sequence FROM verdicts WHERE class = $1 ORDER BY sequence DESC OFFSET $2 LIMIT 1)`,
      [kept, keep],
    );
  }
}

/** Paths of the differences that stand, without repetition. */
export function standingFields(verdict: Verdict): string[] {
  return [...new Set(verdict.differences.filter(stands).map((d) => d.path))];
}

interface VerdictRow {
  sequence: string;
  body: Buffer;
}

function storedOf(row: VerdictRow): StoredVerdict {
  return { sequence: BigInt(row.sequence), verdict: fromBinary(VerdictSchema, row.body) };
}

/** Of how many the newest are kept: matches (0), and everything else (1). */
export function classOf(kind: Kind): number {
  return kind === Kind.IDENTICAL || kind === Kind.EQUIVALENT ? 0 : 1;
}

/** As it came, unless a body in it is too large to keep whole. */
export function boundedBody({ verdict, bytes }: EncodedVerdict): Uint8Array {
  if (!isLarge(verdict.legacy) && !isLarge(verdict.modern)) return bytes;
  const cut = {
    ...verdict,
    legacy: boundedExchange(verdict.legacy),
    modern: boundedExchange(verdict.modern),
  };
  return toBinary(VerdictSchema, cut);
}

function isLarge(exchange: Exchange | undefined): boolean {
  return [exchange?.request, exchange?.response].some((m) => (m?.body.length ?? 0) > storedBodyBytesMax);
}

function boundedExchange(exchange: Exchange | undefined): Exchange | undefined {
  if (exchange === undefined) return undefined;
  return {
    ...exchange,
    request: boundedMessage(exchange.request),
    response: boundedMessage(exchange.response),
  };
}

function boundedMessage(message: HttpMessage | undefined): HttpMessage | undefined {
  if (message === undefined || message.body.length <= storedBodyBytesMax) return message;
  return { ...message, body: message.body.subarray(0, storedBodyBytesMax), bodyTruncated: true };
}
