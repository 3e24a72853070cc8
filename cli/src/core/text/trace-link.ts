/**
 * Where a trace is looked at: `http://localhost:16686/trace/{trace}` (Jaeger), `http://localhost:9411/zipkin/traces/{trace}` (Zipkin).
 * Undefined where nobody has said, or said something that is no address of the web.
 */
export function traceLink(template: string, traceId: string): string | undefined {
  if (traceId === '' || !template.includes('{trace}') || !/^https?:\/\//.test(template)) return undefined;
  return template.replaceAll('{trace}', encodeURIComponent(traceId));
}
