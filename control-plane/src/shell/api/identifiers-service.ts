import { create } from '@bufbuild/protobuf';
import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { type Bijection, IdentifierKind } from '@chronos/proto/chronos/v1/identifiers_pb.js';
import {
  type IdentifiersService,
  type KnownBijection,
  KnownBijectionSchema,
  ListIdentifiersResponseSchema,
} from '@chronos/proto/chronos/v1/identifiers_service_pb.js';
import { Code, ConnectError, type ServiceImpl } from '@connectrpc/connect';
import { overlapHold, withoutAcceptances } from '../../core/orchestrator/overlap.ts';
import type { Engine } from '../engine/engine.ts';
import { type PairCounts, PairStore } from '../store/pair-store.ts';

const CONFLICTS_MAX_DEFAULT = 20;

/** IdentifiersService over what services/identifiers has learned. */
export function identifiersService(engine: Engine): ServiceImpl<typeof IdentifiersService> {
  const store = new PairStore(engine.database);
  return {
    async listIdentifiers({ migration, bijection, id, conflictsMax }) {
      const { spec } = engine.world.require(migration);
      const declared = spec.identifiers?.bijections ?? [];
      const wanted = declared.filter(({ name }) => bijection === '' || name === bijection);
      if (wanted.length === 0) throw nothingDeclared(migration, bijection, declared);
      const counts = await store.counts(migration);
      const overlapping = (await store.overlapping()).get(migration) ?? [];
      const bijections = wanted.map(async (one) => {
        const conflicts = await store.conflicts(migration, one.name, conflictsMax || CONFLICTS_MAX_DEFAULT);
        const known = knownBijection(one, counts.get(one.name));
        const overlap = overlapping.find((kind) => kind.bijection === one.name);
        // Where requests carry none, it does no harm.
        const harms = overlap !== undefined && overlapHold(withoutAcceptances(spec), [overlap]) !== undefined;
        known.overlaps = harms;
        known.overlapAccepted = harms ? one.overlapAccepted : '';
        known.overlappingId = known.overlaps ? (overlap?.id ?? '') : '';
        known.newestConflicts = conflicts.map(({ legacy, modern, request, known: before, seen }) => ({
          $typeName: 'chronos.v1.KnownConflict',
          legacy,
          modern,
          requestId: request,
          knownRequestId: before,
          seenAt: timestampFromDate(seen),
        }));
        return known;
      });
      const names = new Set(wanted.map(({ name }) => name));
      const pairs =
        id === '' ? [] : (await store.find(migration, id)).filter((pair) => names.has(pair.bijection));
      return create(ListIdentifiersResponseSchema, {
        bijections: await Promise.all(bijections),
        pairs: pairs.map(({ request, learned, used, ...pair }) => ({
          ...pair,
          requestId: request,
          learnedAt: timestampFromDate(learned),
          usedAt: timestampFromDate(used),
        })),
      });
    },
  };
}

function knownBijection({ name, kind }: Bijection, counts: PairCounts | undefined): KnownBijection {
  return create(KnownBijectionSchema, {
    name,
    isToken: kind === IdentifierKind.TOKEN,
    pairs: BigInt(counts?.pairs ?? 0),
    conflicts: BigInt(counts?.conflicts ?? 0),
    ...(counts && { lastLearnedAt: timestampFromDate(counts.learned) }),
  });
}

function nothingDeclared(
  migration: string,
  bijection: string,
  declared: readonly { readonly name: string }[],
): ConnectError {
  const names = declared.map(({ name }) => name).join(', ');
  return names === ''
    ? new ConnectError(`${migration} declares no identifiers (docs/identifiers.md)`, Code.FailedPrecondition)
    : new ConnectError(`${migration} has no bijection ${bijection}; accepted: ${names}`, Code.NotFound);
}
