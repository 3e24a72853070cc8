import { timestampFromMs, timestampMs } from '@bufbuild/protobuf/wkt';
import { LogLevel, type LogLine } from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import { RuntimeService } from '@chronos/proto/chronos/v1/runtime_service_pb.js';
import { createClient, type Transport } from '@connectrpc/connect';
import type { Story, Telling } from '../../core/mission-control/story.ts';
import { pause } from '../engine/tasks.ts';

const againMs = 2_000;

/** Tells what the runtime's parts log, until the signal; goes on where it was when the runtime has been away. */
export async function followPartLogs(transport: Transport, story: Story, signal: AbortSignal): Promise<void> {
  const runtime = createClient(RuntimeService, transport);
  let newestMs: number | undefined;
  while (!signal.aborted) {
    const since = newestMs === undefined ? {} : { since: timestampFromMs(newestMs) };
    try {
      for await (const { lines, skipped } of runtime.watchLogs(since, { signal })) {
        for (const line of lines) {
          const told = telling(line);
          newestMs = Math.max(newestMs ?? 0, told.atMs);
          story.tellOfPart(told);
        }
        if (skipped > 0n) story.tellOfPart(leftOut(skipped, newestMs ?? 0));
      }
    } catch {
      // The runtime is away: then so are its parts, and it tells of that itself.
    }
    await pause(againMs, signal);
  }
}

function telling({ at, level, part, text, requestId, traceId }: LogLine): Telling {
  return {
    atMs: at === undefined ? 0 : timestampMs(at),
    level: levelWord(level),
    part,
    text,
    requestId,
    traceId,
  };
}

function leftOut(lines: bigint, atMs: number): Telling {
  const text = `${lines} lines of the parts are left out here, as they came too fast; their log files have them`;
  return { atMs, level: 'warning', part: 'runtime', text };
}

function levelWord(level: LogLevel): Telling['level'] {
  if (level === LogLevel.ERROR) return 'error';
  return level === LogLevel.WARNING ? 'warning' : 'info';
}
