import { type ReactNode, useState } from 'react';
import { useTopic } from '../api/live.ts';
import { useSession } from '../api/session.tsx';
import { overviewTopic } from '../api/topics.ts';
import { Link } from '../router/link.tsx';
import { navigate } from '../router/location.ts';
import { Button } from '../ui/button.tsx';
import { HelpDialog } from './help-dialog.tsx';
import { KillButton } from './kill-button.tsx';
import { LinkBadge } from './link-badge.tsx';
import { MigrationTabs } from './migration-tabs.tsx';
import { useKey } from './use-key.ts';
import './shell.css';

/** What stands around every page: where one is, whether it is live, who one is, and the kill switch. */
export function Shell({ migration, children }: { migration: string | undefined; children: ReactNode }) {
  const [help, setHelp] = useState(false);
  const { who, logOut } = useSession();
  const overview = useTopic(overviewTopic);
  const names = overview?.map(({ name }) => name) ?? [];
  const summary = overview?.find(({ name }) => name === migration);
  useKey('?', () => setHelp(true));
  useKey('g', () => navigate('/'));
  return (
    <>
      <a className="skip-link" href="#content">
        To the content
      </a>
      <header className="shell-head">
        <Link href="/" className="wordmark">
          Chronos <span>Mission Control</span>
        </Link>
        <LinkBadge />
        <div className="shell-right">
          {who?.tokensRequired && (
            <Button look="quiet" onClick={() => void logOut()} title="Log out">
              {who.name}
            </Button>
          )}
          <Button look="quiet" onClick={() => setHelp(true)} aria-label="Keys and looks">
            ?
          </Button>
          <KillButton
            migrations={
              migration === undefined
                ? (overview ?? [])
                : [{ name: migration, sealed: summary?.sealed ?? false }]
            }
          />
        </div>
      </header>
      {migration !== undefined && <MigrationTabs migration={migration} summary={summary} all={names} />}
      <main id="content" tabIndex={-1}>
        {children}
      </main>
      {help && <HelpDialog onClose={() => setHelp(false)} />}
    </>
  );
}
