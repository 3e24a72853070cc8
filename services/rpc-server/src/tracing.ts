import { withSpan } from '@chronos/observability/tracing.ts';
import type { Interceptor } from '@connectrpc/connect';
import { SpanKind } from '@opentelemetry/api';

/** One server span a call, below the caller's (`traceparent`). A streaming call's span ends when its answer begins. */
export const tracing: Interceptor = (next) => (request) => {
  const service = request.service.typeName;
  const method = request.method.name;
  return withSpan(
    `${service}/${method}`,
    {
      traceparent: request.header.get('traceparent') ?? '',
      kind: SpanKind.SERVER,
      attributes: { 'rpc.system': 'connect_rpc', 'rpc.service': service, 'rpc.method': method },
    },
    () => next(request),
  );
};
