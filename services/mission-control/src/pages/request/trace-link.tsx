import { traceAddress, useSetting } from '../../shell/settings.ts';

/** The way to a request's trace; its id alone where nobody has said where traces are. */
export function TraceLink({ traceId }: { traceId: string }) {
  const template = useSetting(traceAddress);
  if (traceId === '') return <span>no trace</span>;
  const href = traceHref(template, traceId);
  if (href === undefined) {
    return (
      <span title="Where traces are is set under ?, Keys and looks">
        trace <code>{traceId.slice(0, 8)}…</code>
      </span>
    );
  }
  return (
    <a href={href} target="_blank" rel="noreferrer">
      trace
    </a>
  );
}

/** `http://localhost:16686/trace/{trace}` (Jaeger), `http://localhost:9411/zipkin/traces/{trace}` (Zipkin); nothing but http(s). */
function traceHref(template: string, traceId: string): string | undefined {
  const text = template.replaceAll('{trace}', encodeURIComponent(traceId));
  return /^https?:\/\//.test(text) && text !== template ? text : undefined;
}
