/** What a traffic command tells: JSON lines on standard output while it runs, the last of which is its report. */

export type TrafficReport = {
  readonly requests: { readonly sent: number; readonly succeeded: number; readonly failed: number };
  readonly latency_ms: {
    readonly p50: number | null;
    readonly p99: number | null;
    readonly max: number | null;
  };
};

/**
 * Reads one line. Two shapes are known: `{requests: {sent, succeeded, failed}, latency_ms: {p50, p99, max}}` and the same flat, `{sent,
 * succeeded, failed, p50, p99, max}`; anything else is none of it (undefined), as a traffic command may print what it likes.
 */
export function parseTrafficLine(line: string): TrafficReport | undefined {
  if (!line.startsWith('{')) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  const requests = field(value, 'requests') ?? value;
  const latency = field(value, 'latency_ms') ?? value;
  const sent = numberOf(requests, 'sent');
  const succeeded = numberOf(requests, 'succeeded');
  const failed = numberOf(requests, 'failed');
  if (sent === null || succeeded === null || failed === null) return undefined;
  return {
    requests: { sent, succeeded, failed },
    latency_ms: {
      p50: numberOf(latency, 'p50'),
      p99: numberOf(latency, 'p99'),
      max: numberOf(latency, 'max'),
    },
  };
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([name]) => name === key)?.[1]
    : undefined;
}

function numberOf(value: unknown, key: string): number | null {
  const found = field(value, key);
  return typeof found === 'number' && Number.isFinite(found) ? found : null;
}
