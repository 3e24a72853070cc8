import { traceLink } from '@chronos/cli/core/text/trace-link.ts';
import { useServerTraceAddress } from '../../api/trace-address.ts';
import { traceAddress, useSetting } from '../../shell/settings.ts';

/** The way to a request's trace: where this browser was told, else where the server says; its id alone where nobody has said. */
export function TraceLink({ traceId }: { traceId: string }) {
  const own = useSetting(traceAddress);
  const server = useServerTraceAddress();
  if (traceId === '') return <span>no trace</span>;
  const href = traceLink(own === '' ? server : own, traceId);
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
