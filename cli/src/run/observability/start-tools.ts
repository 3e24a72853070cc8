import type { Supervisor } from '@chronos/local/supervisor.ts';
import type { PartLines } from '../part-lines.ts';
import type { Terminal } from '../terminal.ts';
import { prometheus } from './prometheus.ts';
import type { Tool, ToolSurroundings } from './tool.ts';

const tools: readonly Tool[] = [prometheus];

export interface ToolsOptions extends ToolSurroundings {
  readonly supervisor: Supervisor;
  readonly lines: PartLines;
  readonly terminal: Terminal;
}

/** Starts the tools that the machine has and says of the others how to get them. Returns at once: the migration waits for none of them. */
export function startTools({ supervisor, lines, terminal, ...surroundings }: ToolsOptions): void {
  for (const tool of tools) {
    const found = tool.find(surroundings);
    if ('missing' in found) {
      terminal.note(found.missing);
      continue;
    }
    lines.expectOptional(found.part.name, tool.title, found.url);
    // Its end is told by the part's own events.
    supervisor.start([found.part]).catch(() => undefined);
  }
}
