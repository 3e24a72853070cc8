import { fromBinary } from '@bufbuild/protobuf';
import { readBody } from '@chronos/arbiter/core/compare/read-body.ts';
import { readResponse } from '@chronos/arbiter/core/compare/response.ts';
import type { Value } from '@chronos/arbiter/core/compare/value.ts';
import type { Sample } from '@chronos/arbiter/core/explain/sample.ts';
import { type BodyReading, requestFacts } from '@chronos/arbiter/core/verdict/request-facts.ts';
import type { Exchange } from '@chronos/proto/events/v1/exchange_pb.js';
import { Kind, VerdictSchema } from '@chronos/proto/events/v1/verdict_pb.js';
import type { FieldKey } from '../../core/judgement/observed.ts';
import { valueAt } from '../../core/judgement/value-at.ts';
import type { Queryable } from './database.ts';
import type { ReadingOf } from './observation-intake.ts';

/** Requests of a route that are enough to tell a condition from chance. */
const samplesMax = 150;
/** Of a route; those that differ at the field itself are left out. */
const requestsMax = 2 * samplesMax;
/** Stands for differences that a verdict has no room for: they may be anywhere. */
const notListed = 'more';
/** How far back they are looked for: a rare route must not make the query read the whole table. */
const verdictsBack = 20_000;

interface ComparedRequest {
  readonly request: ReadonlyMap<string, string>;
  readonly body: Value | undefined;
  /** Paths at which it does not match. */
  readonly differs: readonly string[];
}

/**
 * The newest requests of a route that matched at a field against the same deployment (a build corrected since says nothing of the one before),
 * whatever else of them differed, for what they asked and were answered; read from the stored verdicts, so that taking them in costs nothing.
 * Each route is read once in the life of this object, whatever fields of it are judged.
 */
export class EqualSamples {
  readonly #db: Queryable;
  readonly #readingOf: ReadingOf;
  readonly #routes = new Map<string, readonly ComparedRequest[]>();

  constructor(db: Queryable, readingOf: ReadingOf) {
    this.#db = db;
    this.#readingOf = readingOf;
  }

  async of(key: FieldKey): Promise<Sample[]> {
    const route = JSON.stringify([key.migration, key.group, key.route, key.modernDeployment]);
    const requests = this.#routes.get(route) ?? (await this.#read(key));
    this.#routes.set(route, requests);
    const equal = requests.filter(({ differs }) => !differs.some((path) => concerns(path, key.field)));
    return equal.slice(0, samplesMax).map(({ request, body }) => {
      const value = valueAt(body, key.field);
      return { request, ...(value !== undefined && { legacy: value, modern: value }) };
    });
  }

  async #read(key: FieldKey): Promise<ComparedRequest[]> {
    const { rows } = await this.#db.query<{ body: Buffer }>(
      `SELECT body FROM (
         SELECT grp, route, kind, modern_deployment, body FROM verdicts WHERE migration = $1 ORDER BY sequence DESC LIMIT ${verdictsBack}
       ) AS newest WHERE (grp, route, modern_deployment) = ($2, $3, $4) AND kind = ANY($5::int[]) LIMIT ${requestsMax}`,
      [key.migration, key.group, key.route, key.modernDeployment, compared],
    );
    const reading = this.#readingOf(key.migration);
    return rows.map((row) => {
      const { kind, differences, legacy, modern, route, segments } = fromBinary(VerdictSchema, row.body);
      const facts = requestFacts(legacy ?? modern, route, segments, reading);
      return {
        request: new Map(Object.entries(facts)),
        body: answerOf(legacy, reading),
        differs: kind === Kind.MISMATCH ? differences.map(({ path }) => path) : [],
      };
    });
  }
}

const compared = [Kind.IDENTICAL, Kind.EQUIVALENT, Kind.MISMATCH];

/** What differs above a field, at it, or below it. */
function concerns(path: string, field: string): boolean {
  return path === notListed || isWithin(path, field) || isWithin(field, path);
}

function isWithin(path: string, outer: string): boolean {
  return path.startsWith(outer) && ['', '.', '['].includes(path.charAt(outer.length));
}

/** Where the answer has a structure. */
function answerOf(exchange: Exchange | undefined, { methods, codecs }: BodyReading): Value | undefined {
  if (exchange?.response === undefined || exchange.response.bodyTruncated) return undefined;
  const body = readBody(readResponse(exchange.response), methods.get(exchange.path), codecs);
  return body.form === 'tree' ? body.value : undefined;
}
