import { useState } from 'react';
import { useSession } from '../api/session.tsx';
import { Button } from '../ui/button.tsx';
import { KeyHint } from '../ui/key-hint.tsx';
import { KillDialog } from './kill-dialog.tsx';
import { useKey } from './use-key.ts';
import { useKillNews } from './use-kill-switch.ts';

/**
 * The kill switch: on every page, one key (`k`, then Enter) or a click and a confirmation. A sealed migration has no legacy to go back to:
 * the switch stays in sight and says so.
 */
export function KillButton({
  migrations,
}: {
  migrations: readonly { readonly name: string; readonly sealed: boolean }[];
}) {
  const [open, setOpen] = useState(false);
  useKillNews(open);
  const { mayChange, who } = useSession();
  const names = migrations.filter(({ sealed }) => !sealed).map(({ name }) => name);
  const usable = mayChange && names.length > 0;
  useKey('k', () => {
    if (usable) setOpen(true);
  });
  const viewer = who !== undefined && !mayChange;
  const sealed = migrations.length > 0 && names.length === 0;
  const why = viewer ? 'operators only' : sealed ? 'legacy is sealed, no way back' : undefined;
  return (
    <>
      <Button look="danger" className="kill-button" disabled={!usable} onClick={() => setOpen(true)}>
        Kill switch {why === undefined ? <KeyHint keys="k" single /> : <small>{why}</small>}
      </Button>
      {open && <KillDialog migrations={names} onClose={() => setOpen(false)} />}
    </>
  );
}
