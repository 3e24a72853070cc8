import type { LiveLink } from './live-link.ts';

/**
 * Asks once, and again after a lost connection: what answers then may be another server, or the same one started otherwise. An answer that
 * failed is not kept.
 */
export function oncePerConnection<Value>(
  link: Pick<LiveLink, 'state' | 'onState'>,
  ask: () => Promise<Value>,
): () => Promise<Value> {
  let asked: Promise<Value> | undefined;
  link.onState(() => {
    if (link.state.kind === 'lost') asked = undefined;
  });
  return () => {
    if (asked !== undefined) return asked;
    const answer = ask();
    asked = answer;
    answer.catch(() => {
      if (asked === answer) asked = undefined;
    });
    return answer;
  };
}
