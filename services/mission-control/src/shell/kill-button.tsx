import { useState } from 'react';
import { useSession } from '../api/session.tsx';
import { Button } from '../ui/button.tsx';
import { KeyHint } from '../ui/key-hint.tsx';
import { KillDialog } from './kill-dialog.tsx';
import { useKey } from './use-key.ts';

/** The kill switch: on every page, one key (`k`, then Enter) or a click and a confirmation. */
export function KillButton({ migrations }: { migrations: readonly string[] }) {
  const [open, setOpen] = useState(false);
  const { mayChange, who } = useSession();
  const usable = mayChange && migrations.length > 0;
  useKey('k', () => {
    if (usable) setOpen(true);
  });
  const why = who !== undefined && !mayChange ? 'Only operators may kill; you are a viewer.' : undefined;
  return (
    <>
      <Button
        look="danger"
        className="kill-button"
        disabled={!usable}
        title={why}
        onClick={() => setOpen(true)}
      >
        Kill switch <KeyHint keys="k" />
      </Button>
      {open && <KillDialog migrations={migrations} onClose={() => setOpen(false)} />}
    </>
  );
}
