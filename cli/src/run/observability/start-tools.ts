import type { Supervisor } from '@chronos/local/supervisor.ts';
import type { PartLines } from '../part-lines.ts';
import { partNames } from '../part-names.ts';
import type { Terminal } from '../terminal.ts';
import { prometheus } from './prometheus.ts';
import type { Tool, ToolSurroundings } from './tool.ts';
import type { Traces } from './traces.ts';

const tools: readonly Tool[] = [prometheus];

export interface ToolsOptions extends ToolSurroundings {
  readonly supervisor: Supervisor;
  readonly lines: PartLines;
  readonly terminal: Terminal;
  /** Undefined: spans go elsewhere, or nowhere. */
  readonly traces: Traces | undefined;
}

/** Starts the tools that the machine has, and says of the others how to get them. Does not wait until they are ready: the migration needs none. */
export async function startTools({
  supervisor,
  lines,
  terminal,
  traces,
  ...surroundings
}: ToolsOptions): Promise<void> {
  if (traces !== undefined) {
    lines.expectOptional(partNames.zipkin, 'Zipkin (traces)', traces.zipkin.url);
    lines.expectOptional(
      partNames.traces,
      'Traces, on their way to Zipkin',
      traces.env.OTEL_EXPORTER_OTLP_ENDPOINT ?? '',
    );
    supervisor.start([traces.zipkin.part]).catch(() => undefined);
    supervisor.start([traces.relay]).catch(() => undefined);
  }
  for (const tool of tools) {
    const found = await tool.find(surroundings);
    if ('missing' in found) {
      terminal.note(found.missing);
      continue;
    }
    lines.expectOptional(found.part.name, tool.title, found.url);
    // Its end is told by the part's own events.
    supervisor.start([found.part]).catch(() => undefined);
  }
}
