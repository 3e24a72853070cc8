/** What the arbiter's core makes of captured connections. */
import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { outcomeOf } from '@chronos/arbiter/core/join/settle.ts';
import { RouteLabels } from '@chronos/arbiter/core/verdict/route.ts';
import { compileRules } from '@chronos/arbiter/core/verdict/rules.ts';
import { verdictOf } from '@chronos/arbiter/core/verdict/verdict.ts';
import { codecs } from '@chronos/arbiter/shell/codecs.ts';
import { JudgingRulesSchema } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import type { TcpRouteSchema } from '@chronos/proto/chronos/v1/migration_pb.js';
import type { Exchange } from '@chronos/proto/events/v1/exchange_pb.js';
import type { Verdict } from '@chronos/proto/events/v1/verdict_pb.js';

export type TcpRouteInit = Exclude<MessageInitShape<typeof TcpRouteSchema>, { $typeName: string }>;

/** The verdict on one connection by the rules of its group, `terminals`. */
export function tcpVerdict(exchanges: readonly Exchange[], route: TcpRouteInit): Verdict {
  const spec = { name: 'bank', tcp: [{ ...route, name: 'terminals' }] };
  return verdictOf(
    { requestId: exchanges[0]?.requestId ?? '', outcome: outcomeOf(exchanges) },
    {
      rules: compileRules(create(JudgingRulesSchema, { spec })),
      routes: new RouteLabels(),
      codecs,
      nowMs: 0,
    },
  );
}
