import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { compareExchanges } from '@chronos/arbiter/core/compare/compare.ts';
import { judgeBy } from '@chronos/arbiter/core/judge/judge.ts';
import { compileRules, routeRulesOf, rulesOf } from '@chronos/arbiter/core/verdict/rules.ts';
import { codecs } from '@chronos/arbiter/shell/codecs.ts';
import { maskExchange } from '@chronos/capture/core/mask/mask-exchange.ts';
import { compileMaskRules } from '@chronos/capture/core/mask/rules.ts';
import { keyedHashOf } from '@chronos/capture/shell/keyed-hash.ts';
import type { ReplayRequestResponseSchema } from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import { Kind } from '@chronos/proto/events/v1/verdict_pb.js';
import { DomainError } from '../../core/domain-error.ts';
import { replayPlan } from '../../core/mission-control/replay-plan.ts';
import { servingDeployment } from '../../core/model.ts';
import type { Engine } from '../engine/engine.ts';
import { judgingRules } from '../engine/rules-publisher.ts';
import { getVerdict } from '../store/verdict-store.ts';
import { sendReplay } from './send-replay.ts';

const runningMax = 4;

/** Sends stored requests to modern once more, and compares. */
export class Replays {
  readonly #engine: Engine;
  readonly #maskingKey: string | undefined;
  readonly #secrets: ReadonlyMap<string, string>;
  #running = 0;

  /**
   * @param maskingKey capture's: what modern answers is masked as the stored answers are, before anybody sees it
   * @param secrets of the service accounts that migration files name
   */
  constructor(engine: Engine, maskingKey: string | undefined, secrets: ReadonlyMap<string, string>) {
    this.#engine = engine;
    this.#maskingKey = maskingKey;
    this.#secrets = secrets;
  }

  /** @throws DomainError `not-found`, `refused` with the reason, `unavailable` where modern does not answer. */
  async replay(requestId: string): Promise<MessageInitShape<typeof ReplayRequestResponseSchema>> {
    if (this.#running >= runningMax) {
      throw new DomainError('unavailable', `${runningMax} requests are being sent again already`);
    }
    this.#running += 1;
    try {
      return await this.#replay(requestId);
    } finally {
      this.#running -= 1;
    }
  }

  async #replay(requestId: string): Promise<MessageInitShape<typeof ReplayRequestResponseSchema>> {
    const { database, world, nowMs } = this.#engine;
    const verdict = await getVerdict(database, requestId);
    if (verdict === undefined) {
      throw new DomainError('not-found', `there is no verdict of request "${requestId}"`);
    }
    const record = world.require(verdict.migration);
    const modern = servingDeployment(record, 'modern');
    if (modern === undefined) throw refused('no build of modern is serving');
    if (this.#maskingKey === undefined) {
      throw refused('this control plane has no CHRONOS_MASKING_KEY to mask the answer with');
    }
    const rules = judgingRules(record);
    const masks = compileMaskRules(rules, keyedHashOf(this.#maskingKey, verdict.migration));
    const plan = replayPlan(verdict, record.spec, { maskingVersion: masks.version, secrets: this.#secrets });
    if ('refusal' in plan) throw refused(plan.refusal);
    const atMs = nowMs();
    const replayed = await sendReplay(modern.address, plan.request, atMs);
    const { migration, group } = verdict;
    const exchange = { ...replayed, requestId, migration, group, deployment: modern.id };
    maskExchange(exchange, masks, codecs);
    const compiled = compileRules(rules);
    const judge = judgeBy(routeRulesOf(compiled, group, verdict.route));
    const comparison = compareExchanges(plan.legacy, exchange, rulesOf(compiled, group), codecs, judge);
    return {
      verdict,
      replayed: exchange,
      modernDeployment: modern.id,
      kind: comparison.kind,
      differences: comparison.kind === Kind.LOST ? [] : [...comparison.differences],
      asked: comparison.kind === Kind.MISMATCH && comparison.asked,
      at: timestampFromMs(atMs),
    };
  }
}

function refused(why: string): DomainError {
  return new DomainError('refused', `not sent again: ${why}`);
}
