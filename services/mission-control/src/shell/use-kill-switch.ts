import { useEffect, useSyncExternalStore } from 'react';
import { after } from '../api/live.ts';
import { api } from '../api/transport.ts';
import { useToast } from '../ui/toast.tsx';
import { KillSwitch, type Throw } from './kill-switch.ts';
import { clientsOf, killedTitle, unproven } from './kill-words.ts';

/** The kill switch of this tab. */
export const killSwitch = new KillSwitch({
  kill: ({ migration, group }, signal) =>
    api.migrations.killMigration({ name: migration, group, reason: 'killed in Mission Control' }, { signal }),
  after,
});

export function useThrows(): ReadonlyMap<string, Throw> {
  return useSyncExternalStore(
    (changed) => killSwitch.onChange(changed),
    () => killSwitch.throws,
  );
}

/** Says what came of a kill whose dialog is not there any more; nothing while one is `shown`. */
export function useKillNews(shown: boolean): void {
  const throws = useThrows();
  const say = useToast();
  useEffect(() => {
    if (shown) return;
    for (const { target, standing } of throws.values()) {
      const { migration, group } = target;
      if (standing.kind === 'done') {
        const { killed } = standing;
        say(killedTitle(migration, group, killed), unproven(killed) === undefined ? 'good' : 'bad');
      } else if (standing.kind === 'failed') {
        say(`Not killed: ${clientsOf(migration, group)}: ${standing.error}`, 'bad');
      }
      killSwitch.read(target);
    }
  }, [shown, throws, say]);
}
