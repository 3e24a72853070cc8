import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import {
  type Attributes,
  type Context,
  type Link,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';

/** The last spans may take this long to leave. */
const flushWithinMs = 500;

/**
 * Starts OpenTelemetry when OTEL_EXPORTER_OTLP_ENDPOINT is set; otherwise costs nothing (the SDK is not even loaded). The standard
 * OTEL_* variables hold. Returns what flushes and stops it, within half a second.
 */
export async function startTracing(service: string): Promise<() => Promise<void>> {
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  if (!process.env.OTEL_EXPORTER_OTLP_ENDPOINT) return async () => {};
  const { NodeSDK } = await import('@opentelemetry/sdk-node');
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-proto');
  const sdk = new NodeSDK({
    serviceName: process.env.OTEL_SERVICE_NAME ?? service,
    traceExporter: new OTLPTraceExporter(),
    instrumentations: [],
  });
  sdk.start();
  // A collector that is gone or hangs must not keep a process from ending; its socket still does, unless the process exits.
  return async () => {
    const timeout = new AbortController();
    await Promise.race([
      sdk.shutdown().catch(() => {}),
      delay(flushWithinMs, undefined, { signal: timeout.signal }).catch(() => {}),
    ]);
    timeout.abort();
  };
}

export interface SpanOptions {
  /** W3C traceparent of the parent; empty or invalid: a new trace. */
  readonly traceparent?: string;
  /** traceparents of spans that this one follows from. */
  readonly links?: readonly string[];
  readonly attributes?: Attributes;
  readonly kind?: SpanKind;
  /** Epoch milliseconds, for work that began before it was known. */
  readonly startTimeMs?: number;
}

const tracerName = 'chronos';
const under = new AsyncLocalStorage<string>();

/** The traceparent of the {@link withSpan} that this runs in; empty outside of all. */
export function currentTraceparent(): string {
  return under.getStore() ?? '';
}

/**
 * Runs `work` inside a span that records its error and ends with it. `work` gets the traceparent under which what follows belongs: the
 * span's own, or the parent's when nothing is recorded.
 */
export async function withSpan<T>(
  name: string,
  options: SpanOptions,
  work: (traceparent: string, span: Span) => T | Promise<T>,
): Promise<T> {
  const span = start(name, options);
  try {
    const traceparent = traceparentAfter(span, options);
    return await under.run(traceparent, () => work(traceparent, span));
  } catch (error) {
    span.setStatus({
      code: SpanStatusCode.ERROR,
      message: error instanceof Error ? error.message : String(error),
    });
    throw error;
  } finally {
    span.end();
  }
}

/** A span that is over already; returns the traceparent under which what follows belongs, as {@link withSpan} does. */
export function recordSpan(name: string, options: SpanOptions & { readonly endTimeMs?: number }): string {
  const span = start(name, options);
  span.end(options.endTimeMs);
  return traceparentAfter(span, options);
}

/** Trace id (32 hexadecimal digits) of a traceparent, or an empty string. */
export function traceIdOf(traceparent: string): string {
  return /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}/.exec(traceparent)?.[1] ?? '';
}

function start(name: string, options: SpanOptions): Span {
  return trace.getTracer(tracerName).startSpan(
    name,
    {
      kind: options.kind ?? SpanKind.INTERNAL,
      ...(options.attributes && { attributes: options.attributes }),
      ...(options.startTimeMs !== undefined && { startTime: options.startTimeMs }),
      ...(options.links && { links: options.links.flatMap(linkTo) }),
    },
    options.traceparent ? contextOf(options.traceparent) : ROOT_CONTEXT,
  );
}

function traceparentAfter(span: Span, options: SpanOptions): string {
  const { traceId, spanId, traceFlags } = span.spanContext();
  if (!trace.isSpanContextValid(span.spanContext())) return options.traceparent ?? '';
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
}

function contextOf(traceparent: string): Context {
  return propagation.extract(ROOT_CONTEXT, { traceparent });
}

function linkTo(traceparent: string): Link[] {
  const linked = trace.getSpanContext(contextOf(traceparent));
  return linked ? [{ context: linked }] : [];
}
