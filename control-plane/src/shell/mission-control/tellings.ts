import type { Telling } from '../../core/mission-control/story.ts';
import type { XdsEvent } from '../xds/events.ts';

/** A line of the control plane's log. It logs what somebody has to be told of, so it is a warning. */
export function logTelling(text: string, atMs: number): Telling {
  return { atMs, level: 'warning', part: 'control-plane', text };
}

/** What people want to know of a proxy; undefined for what is sent and acknowledged all the time, and for what is logged besides. */
export function proxyTelling(event: XdsEvent): Telling | undefined {
  const told = { atMs: event.atMs, part: 'time-rift' };
  switch (event.kind) {
    case 'connected':
      return { ...told, level: 'info', text: `proxy ${event.nodeId} connected` };
    case 'disconnected': {
      if (event.nodeId === '') return undefined;
      const reason = event.reason === '' ? '' : `: ${event.reason}`;
      return {
        ...told,
        level: 'warning',
        text: `proxy ${event.nodeId} disconnected (${event.cause})${reason}`,
      };
    }
    default:
      return undefined;
  }
}
