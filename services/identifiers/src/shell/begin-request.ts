import type { IncomingHttpHeaders } from 'node:http2';
import type { Codecs } from '@chronos/arbiter/core/compare/content-encoding.ts';
import type { BusProducer } from '@chronos/bus/bus.ts';
import { ProcessingMode_BodySendMode } from '@chronos/envoy/api/envoy/extensions/filters/http/ext_proc/v3/processing_mode_pb.js';
import type {
  ProcessingRequest,
  ProcessingResponse,
} from '@chronos/envoy/api/envoy/service/ext_proc/v3/external_processor_pb.js';
import { answerSeen, asItCame, bodyAnswer } from '../core/answers.ts';
import type { Lanes } from '../core/lanes.ts';
import type { IdentifierRules } from '../core/plan.ts';
import type { Metrics } from './metrics.ts';
import { reportNotSent } from './not-sent.ts';
import type { Scope, Side } from './pair-table.ts';
import type { Resolver } from './resolver.ts';
import type { Processor } from './server.ts';
import { Translation, type Way } from './translation.ts';

export interface RequestPorts {
  readonly rulesOf: (migration: string) => IdentifierRules | undefined;
  readonly scopeOf: (migration: string) => Scope;
  readonly resolver: Resolver;
  readonly lanes: Lanes;
  readonly codecs: Codecs;
  readonly producer: BusProducer;
  readonly metrics: Metrics;
  readonly now: () => number;
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
  return rules === undefined ? asItIs(ports, way) : translated({ rules, migration, target, way }, ports);
}

/** The migration has just stopped declaring identifiers; the proxies have not heard of it yet. */
function asItIs({ metrics }: RequestPorts, way: Way): Processor {
  return {
    async process({ request }) {
      if (request.case === 'requestHeaders') metrics.request(way, 'unchanged');
      if (request.case === 'responseHeaders') return answerSeen();
      return request.case === 'requestBody' ? bodyAnswer(undefined) : asItCame();
    },
    end() {},
  };
}

interface Going {
  readonly rules: IdentifierRules;
  readonly migration: string;
  readonly target: Side;
  readonly way: Way;
}

function translated({ rules, migration, target, way }: Going, ports: RequestPorts): Processor {
  const { resolver, lanes, codecs, producer, metrics, now, onTrouble, scopeOf } = ports;
  const scope = scopeOf(migration);
  const translation = new Translation({ rules, scope, target, way, resolver, lanes, codecs });
  const startedAtMs = now();
  let isChanged = false;
  const process: Processor['process'] = async (message) => {
    try {
      const step = await translation.step(message);
      isChanged ||= step.isChanged === true;
      const { notSent } = step;
      if (notSent !== undefined) {
        metrics.request(way, notSent);
        const { headers } = translation;
        // Envoy is not kept waiting for Kafka.
        reportNotSent(producer, { headers, target, reason: notSent, startedAtMs, nowMs: now() }).catch(
          onTrouble,
        );
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
