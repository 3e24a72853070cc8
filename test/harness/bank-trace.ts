/** The trace of one request to the two banks. */
import type { ZipkinSpan } from './zipkin-api.ts';

export const isCallOf = (service: string) => (span: ZipkinSpan) =>
  span.service === service && span.attributes['rpc.method'] !== undefined;
export const isSql = (span: ZipkinSpan) => span.attributes['db.query.text'] !== undefined;

/** The spans whose parent is not in the trace: its root, or the one below the client's. */
export function tops(spans: readonly ZipkinSpan[]): ZipkinSpan[] {
  const ids = new Set(spans.map((span) => span.spanId));
  return spans.filter((span) => !ids.has(span.parentId));
}

/** What a request's trace must hold: who took part, on which side, and all of it one tree. */
export function missing(spans: readonly ZipkinSpan[]): string[] {
  const count = (of: (span: ZipkinSpan) => boolean) => spans.filter(of).length;
  const wanted: [string, boolean][] = [
    ['Envoy, the client’s side and one towards each universe', count((s) => s.service === 'time-rift') >= 3],
    ['legacy', count(isCallOf('legacy-bank')) === 1],
    ['modern', count(isCallOf('modern-bank')) === 1],
    ['SQL of legacy', count((s) => s.service === 'legacy-bank' && isSql(s)) >= 1],
    ['SQL of modern', count((s) => s.service === 'modern-bank' && isSql(s)) >= 1],
    ['capture of the answer', count((s) => s.attributes['chronos.side'] === 'authority') === 1],
    ['capture of the copy', count((s) => s.attributes['chronos.side'] === 'shadow') === 1],
    ['the judgement', count((s) => s.name === 'arbiter.judge') === 1],
    ['every span’s parent', tops(spans).length === 1],
  ];
  return wanted.filter(([, there]) => !there).map(([what]) => what);
}

export function drawn(spans: readonly ZipkinSpan[]): string {
  return spans
    .map(
      (s) =>
        `${s.spanId} ← ${s.parentId || '(root)'}  ${s.service}: ${s.name} ${s.attributes['chronos.side'] ?? ''}`,
    )
    .join('\n');
}
