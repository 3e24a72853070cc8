import type { OtlpSpan } from './otlp.ts';

/**
 * A span in Zipkin's JSON (version 2). Zipkin knows no links: they stand in the tag `links`, `<trace id>/<span id>` each. Times are
 * microseconds; a duration is at least one, as Zipkin takes zero for unknown.
 */
export function zipkinJson(span: OtlpSpan): string {
  const links = span.links.map(({ traceId, spanId }) => `${traceId}/${spanId}`).join(' ');
  return JSON.stringify({
    traceId: span.traceId,
    id: span.spanId,
    ...(span.parentId !== '' && { parentId: span.parentId }),
    ...(span.kind !== 'internal' && { kind: span.kind.toUpperCase() }),
    name: span.name,
    timestamp: Number(span.startNs / 1_000n),
    duration: Math.max(1, Number((span.endNs - span.startNs) / 1_000n)),
    localEndpoint: { serviceName: span.service },
    tags: {
      ...span.attributes,
      ...(links !== '' && { links }),
      ...(span.error !== undefined && { error: span.error || 'true' }),
    },
  });
}
