import { appendJournal } from '../store/journal-store.ts';
import type { XdsEvent } from '../xds/events.ts';
import { type Engine, note } from './engine.ts';

/**
 * Says what became of a snapshot that the proxies were offered: in the log, and when a proxy rejected it in the journal of the migration whose
 * change it was. The proxies keep the structure that they run; weights and kills reach them all the same.
 */
export function reportRollout(engine: Engine, event: XdsEvent & { readonly kind: 'rollout' }): void {
  const { what, version, nodeId, error } = event;
  if (what === 'trying' || what === 'accepted') return;
  engine.log(`snapshot ${version}: ${inWords(what, nodeId)}${error === '' ? '' : `: ${error}`}`);
  const name = engine.dataPlane.causeOf(version);
  // A replica that follows says it of its own proxies in its log; the journal is the leader's.
  if (what !== 'refused' || name === undefined || !engine.isLeading()) return;
  const reason = `the proxies keep their configuration, ${nodeId} rejected the new one: ${error}`;
  const entry = note('hold', event.atMs, reason, { proxy: nodeId, snapshot: version, error });
  engine.background(`journal of ${name}`, async () => {
    await engine.queue.run(() => engine.database.transaction((tx) => appendJournal(tx, name, [entry])));
  });
}

function inWords(what: 'refused' | 'silent' | 'left' | 'opened', nodeId: string): string {
  switch (what) {
    case 'refused':
      return `rejected by ${nodeId}, taken back`;
    case 'silent':
      return `${nodeId} said nothing in time, passed over`;
    case 'left':
      return `${nodeId} went away while it tried it, passed over`;
    case 'opened':
      return 'no proxy that tried it said anything, offered to all';
  }
}
