import { traceIdOf } from '@chronos/observability/tracing.ts';
import type { VerdictService } from '@chronos/proto/chronos/v1/verdict_service_pb.js';
import type { Exchange, HttpMessage } from '@chronos/proto/events/v1/exchange_pb.js';
import type { Verdict } from '@chronos/proto/events/v1/verdict_pb.js';
import type { ServiceImpl } from '@connectrpc/connect';
import { DomainError } from '../../core/domain-error.ts';
import { mismatchesByCause } from '../../core/judgement/mismatches-by-cause.ts';
import type { Engine } from '../engine/engine.ts';
import { standingGroups } from '../store/mismatch-store.ts';
import { getVerdict, listVerdicts } from '../store/verdict-store.ts';
import { pageOf, pageSizeOf, pageToken, positionOf } from './pages.ts';
import type { VerdictFeed } from './verdict-feed.ts';

/** VerdictService over the store and the feed of fresh verdicts. */
export function verdictService(
  engine: Engine,
  feed: VerdictFeed,
  draining: AbortSignal,
): ServiceImpl<typeof VerdictService> {
  return {
    async listVerdicts(request) {
      engine.world.require(request.migration);
      const { migration, group, route, kinds, field } = request;
      const limit = pageSizeOf(request);
      const before = positionOf('verdicts', request);
      const found = await listVerdicts(engine.database, {
        migration,
        group,
        route,
        kinds,
        field,
        before,
        limit: limit + 1,
      });
      const page = found.slice(0, limit);
      const last = page.at(-1);
      return {
        verdicts: page.map(({ verdict }) => withoutBodies(verdict)),
        nextPageToken: found.length > limit && last ? pageToken('verdicts', last.sequence) : '',
      };
    },
    async getVerdict({ requestId }) {
      const verdict = await getVerdict(engine.database, requestId);
      if (verdict === undefined) {
        throw new DomainError(
          'not-found',
          `there is no verdict of request "${requestId}": not judged yet, or too old to be kept`,
        );
      }
      return { verdict, traceId: traceIdOf(verdict.traceparent) };
    },
    async *watchVerdicts({ migration, kinds }, context) {
      engine.world.require(migration);
      const wanted = new Set(kinds);
      const accepts = (verdict: Verdict) =>
        verdict.migration === migration && (wanted.size === 0 || wanted.has(verdict.kind));
      const signal = AbortSignal.any([context.signal, draining]);
      for await (const { verdict, skipped } of feed.watch(accepts, signal)) {
        yield { verdict: withoutBodies(verdict), skipped: BigInt(skipped) };
      }
    },
    async listMismatchGroups(request) {
      engine.world.require(request.migration);
      const { migration, modernDeployment } = request;
      const groups = mismatchesByCause(await standingGroups(engine.database, migration, modernDeployment));
      const { items, nextPageToken } = pageOf('mismatch-groups', groups, request);
      return { groups: [...items], nextPageToken };
    },
  };
}

const noBody = new Uint8Array();

function withoutBodies(verdict: Verdict): Verdict {
  return { ...verdict, legacy: bodiless(verdict.legacy), modern: bodiless(verdict.modern) };
}

function bodiless(exchange: Exchange | undefined): Exchange | undefined {
  if (exchange === undefined) return undefined;
  const strip = (message: HttpMessage | undefined) =>
    message === undefined ? undefined : { ...message, body: noBody };
  return { ...exchange, request: strip(exchange.request), response: strip(exchange.response) };
}
