import { useCallback, useSyncExternalStore } from 'react';
import { Crowd, sayEveryMs } from './crowd.ts';
import { wakefulClock } from './freshness.ts';
import { type LinkState, LiveLink, type TopicSpec } from './live-link.ts';
import { onCallWaits, watch } from './transport.ts';

/** A tab that nobody sees gives its connection back after this. */
const hiddenPauseMs = 5_000;

/** Calls back after `ms`; the result cancels. */
export const after = (ms: number, call: () => void) => {
  const timer = setTimeout(call, ms);
  return () => clearTimeout(timer);
};

/** By it the link says how old things are. */
export const nowMs = wakefulClock(() => performance.now(), Date.now);

/** The stream of this tab. */
export const link = new LiveLink({
  open: (topics, signal) => watch({ topics }, { signal }),
  nowMs,
  after,
  random: Math.random,
});

/** The server's time as far as it is known: what stands beside the server's times must be of the same clock. */
export const serverMs = () => link.serverMs ?? Date.now();

let cancelPause: (() => void) | undefined;
document.addEventListener('visibilitychange', () => {
  cancelPause?.();
  if (document.hidden) cancelPause = after(hiddenPauseMs, () => link.pause(true));
  else link.pause(false);
});
addEventListener('online', () => link.retry());

onCallWaits(() => link.giveWay());
const crowd = new Crowd(new BroadcastChannel('chronos-watches'), `${Math.random()}`, nowMs);
setInterval(() => {
  if (!document.hidden && crowd.watches()) link.giveWay();
}, sayEveryMs);

/** The newest value of a topic; undefined until the first has come. The spec must keep its key as long as it means the same. */
export function useTopic<Value>(spec: TopicSpec<Value>): Value | undefined {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the whole spec
  const subscribe = useCallback((changed: () => void) => link.subscribe(spec, changed), [spec.key]);
  return useSyncExternalStore(subscribe, () => link.value(spec));
}

export function useLinkState(): LinkState {
  return useSyncExternalStore(
    (changed) => link.onState(changed),
    () => link.state,
  );
}
