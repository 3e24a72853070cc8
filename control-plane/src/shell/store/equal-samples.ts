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
/** How far back they are looked for: a rare route must not make the query read the whole table. */
const verdictsBack = 20_000;

interface EqualRequest {
  readonly request: ReadonlyMap<string, string>;
  readonly body: Value | undefined;
}

/**
 * The newest requests of a route that matched against the same deployment (a build corrected since says nothing of the one before), for
 * what they asked and were answered; read from the stored verdicts, so that taking them in costs nothing. Each route is read once in the
 * life of this object, whatever fields of it are judged.
 */
export class EqualSamples {
  readonly #db: Queryable;
  readonly #readingOf: ReadingOf;
  readonly #routes = new Map<string, readonly EqualRequest[]>();

  constructor(db: Queryable, readingOf: ReadingOf) {
    this.#db = db;
    this.#readingOf = readingOf;
  }

  async of(key: FieldKey): Promise<Sample[]> {
    const route = JSON.stringify([key.migration, key.group, key.route, key.modernDeployment]);
    const requests = this.#routes.get(route) ?? (await this.#read(key));
    this.#routes.set(route, requests);
    return requests.map(({ request, body }) => {
      const value = valueAt(body, key.field);
      return { request, ...(value !== undefined && { legacy: value, modern: value }) };
    });
  }

  async #read(key: FieldKey): Promise<EqualRequest[]> {
    const { rows } = await this.#db.query<{ body: Buffer }>(
      `SELECT body FROM (
         SELECT grp, route, kind, modern_deployment, body FROM verdicts WHERE migration = $1 ORDER BY sequence DESC LIMIT ${verdictsBack}
       ) AS newest WHERE (grp, route, modern_deployment) = ($2, $3, $4) AND kind = ANY($5::int[]) LIMIT ${samplesMax}`,
      [key.migration, key.group, key.route, key.modernDeployment, [Kind.IDENTICAL, Kind.EQUIVALENT]],
    );
    const reading = this.#readingOf(key.migration);
    return rows.map((row) => {
      const { legacy, modern, route, segments } = fromBinary(VerdictSchema, row.body);
      const facts = requestFacts(legacy ?? modern, route, segments, reading);
      return { request: new Map(Object.entries(facts)), body: answerOf(legacy, reading) };
    });
  }
}

/** Where the answer has a structure. */
function answerOf(exchange: Exchange | undefined, { methods, codecs }: BodyReading): Value | undefined {
  if (exchange?.response === undefined || exchange.response.bodyTruncated) return undefined;
  const body = readBody(readResponse(exchange.response), methods.get(exchange.path), codecs);
  return body.form === 'tree' ? body.value : undefined;
}
