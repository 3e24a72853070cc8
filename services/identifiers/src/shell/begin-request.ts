import type { IncomingHttpHeaders } from 'node:http2';
import { setTimeout as delay } from 'node:timers/promises';
import type { Codecs } from '@chronos/arbiter/core/compare/content-encoding.ts';
import type { BusProducer } from '@chronos/bus/bus.ts';
import { ProcessingMode_BodySendMode } from '@chronos/envoy/api/envoy/extensions/filters/http/ext_proc/v3/processing_mode_pb.js';
import type {
  ProcessingRequest,
  ProcessingResponse,
} from '@chronos/envoy/api/envoy/service/ext_proc/v3/external_processor_pb.js';
import { asItCame, dropped, moreTime } from '../core/answers.ts';
import type { Arrivals } from '../core/arrivals.ts';
import type { Way } from '../core/meaning.ts';
import type { IdentifierRules } from '../core/plan.ts';
import type { Want } from '../core/resolve.ts';
import type { Metrics } from './metrics.ts';
import type { MigrationFacts } from './migration-facts.ts';
import { reportNotSent } from './not-sent.ts';
import type { Removal, Scope, Side } from './pair-table.ts';
import type { Resolver } from './resolver.ts';
import type { Processor } from './server.ts';
import { Translation } from './translation.ts';

export interface RequestPorts {
  readonly rulesOf: (migration: string) => IdentifierRules | undefined;
  readonly scopeOf: (migration: string) => Scope;
  readonly resolver: Resolver;
  readonly facts: MigrationFacts;
  readonly arrivals: Arrivals;
  readonly codecs: Codecs;
  readonly producer: BusProducer;
  readonly metrics: Metrics;
  readonly now: () => number;
  /** See {@link PairTable.removing}; what has ended is told to the arbiter. */
  readonly removing: (scope: Scope, target: Side, wants: readonly Want[]) => (outcome: Removal) => void;
  readonly onTrouble: (error: unknown) => void;
}

const WAYS: ReadonlyMap<unknown, Way> = new Map([
  ['shadow', 'copy'],
  ['answering', 'answering'],
]);

/** What the filter's configuration says of a request: where it is going. undefined: it says nothing that is known here. */
export function beginRequest(metadata: IncomingHttpHeaders, ports: RequestPorts): Processor | undefined {
  const migration = metadata['x-chronos-migration'];
  const target = metadata['x-chronos-target'];
  const way = WAYS.get(metadata['x-chronos-role']);
  if (typeof migration !== 'string' || (target !== 'legacy' && target !== 'modern') || way === undefined) {
    return undefined;
  }
  const rules = ports.rulesOf(migration);
  const going: Going = { migration, target, way };
  return rules === undefined ? withRules(going, ports) : translated({ ...going, rules }, ports);
}

/** The proxies may have heard of a new migration first. */
const RULES_MS_MAX = 2_000;
const RULES_EVERY_MS = 50;

/** Waits for the migration's rules. A copy without them is not sent, a client's request goes on as it is. */
function withRules(going: Going, ports: RequestPorts): Processor {
  let processor: Processor | undefined;
  return {
    async process(message, tell) {
      if (processor !== undefined) return processor.process(message, tell);
      const rules = going.way === 'copy' ? await rulesWithin(RULES_MS_MAX, going, ports) : undefined;
      if (rules !== undefined) {
        processor = translated({ ...going, rules }, ports);
        return processor.process(message, tell);
      }
      ports.metrics.request(going.way, going.way === 'copy' ? 'untranslatable' : 'unchanged');
      return going.way === 'copy' ? dropped('untranslatable') : asItCame();
    },
    end: () => processor?.end(),
  };
}

async function rulesWithin(ms: number, { migration }: Going, { rulesOf }: RequestPorts) {
  for (let waitedMs = 0; waitedMs < ms && rulesOf(migration) === undefined; waitedMs += RULES_EVERY_MS)
    await delay(RULES_EVERY_MS);
  return rulesOf(migration);
}

interface Going {
  readonly migration: string;
  readonly target: Side;
  readonly way: Way;
}

function translated(
  { rules, migration, target, way }: Going & { readonly rules: IdentifierRules },
  ports: RequestPorts,
): Processor {
  const { resolver, facts, arrivals, codecs, producer, metrics, now, onTrouble, scopeOf } = ports;
  const scope = scopeOf(migration);
  const startedAtMs = now();
  const removing = (wants: readonly Want[]) => ports.removing(scope, target, wants);
  const seen = {
    rules,
    scope,
    target,
    way,
    resolver,
    facts,
    arrivals,
    codecs,
    removing,
    cameMs: startedAtMs,
  };
  const translation = new Translation(seen);
  let isChanged = false;
  const process: Processor['process'] = async (message, tell) => {
    try {
      const step = await translation.step(message, (ms) => tell(moreTime(ms)));
      isChanged ||= step.isChanged === true;
      const { notSent } = step;
      if (notSent !== undefined) {
        metrics.request(way, notSent);
        const { headers } = translation;
        // Envoy is not kept waiting for Kafka.
        reportNotSent(producer, { headers, target, reason: notSent, startedAtMs, nowMs: now() }).catch(
          onTrouble,
        );
      } else if (step.isElsewhere === true) {
        metrics.request(way, 'elsewhere');
      } else if (isLast(message, step.answer)) {
        metrics.request(way, isChanged ? 'translated' : 'unchanged');
      }
      return step.answer;
    } catch (error) {
      metrics.request(way, 'failed');
      throw error;
    }
  };
  return { process, end: () => translation.end() };
}

/** After this nothing more of the request itself comes. */
function isLast({ request }: ProcessingRequest, { modeOverride }: ProcessingResponse): boolean {
  if (request.case !== 'requestHeaders') return request.case === 'requestBody';
  return modeOverride?.requestBodyMode === ProcessingMode_BodySendMode.NONE;
}
