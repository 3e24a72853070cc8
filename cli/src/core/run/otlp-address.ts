import { CliError, exitCodes } from '../exit-codes.ts';

/** Where collectors take OTLP by gRPC unless told otherwise (OpenTelemetry's registered port). */
const grpcPort = 4317;

/**
 * Where the proxy sends its spans (host:port, OTLP by gRPC without TLS, which is all that it speaks): OTLP_ADDRESS, or else the usual port at
 * the host of OTEL_EXPORTER_OTLP_ENDPOINT, where the Node parts send theirs by HTTP. Undefined: nowhere.
 * @throws CliError when the endpoint is no URL
 */
export function otlpAddress(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const { OTLP_ADDRESS: address, OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } = env;
  if (address) return address;
  if (!endpoint) return undefined;
  const url = URL.parse(endpoint);
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new CliError(
      exitCodes.usage,
      `OTEL_EXPORTER_OTLP_ENDPOINT is "${endpoint}"\n  → accepted: a URL such as http://127.0.0.1:4318`,
    );
  if (url.protocol === 'https:') return undefined;
  // The proxy would take only the first address of localhost, which is ::1 on many machines; collectors often listen on 127.0.0.1 alone.
  return `${url.hostname === 'localhost' ? '127.0.0.1' : url.hostname}:${grpcPort}`;
}
