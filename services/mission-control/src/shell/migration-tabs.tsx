import type { MigrationSummary } from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import { tabs } from '../pages/tabs.ts';
import { Link } from '../router/link.tsx';
import { navigate, usePath } from '../router/location.ts';
import { path } from '../router/match.ts';
import { Badge } from '../ui/badge.tsx';
import { useChosenGroup, withGroup } from './chosen-group.ts';

/** The pages of one migration, with how much waits on each, for the route group that is chosen; and the way to another migration. */
export function MigrationTabs({
  migration,
  summary,
  all,
}: {
  migration: string;
  summary: MigrationSummary | undefined;
  all: readonly string[];
}) {
  const here = usePath();
  const group = useChosenGroup();
  const names = all.includes(migration) ? all : [migration, ...all];
  return (
    <nav className="tabs" aria-label={`Pages of ${migration}`}>
      {names.length > 1 ? (
        <select
          aria-label="Migration"
          value={migration}
          onChange={(event) => navigate(path('/m/:migration', { migration: event.target.value }))}
        >
          {names.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      ) : (
        <strong className="tabs-name">{migration}</strong>
      )}
      <ul>
        {tabs.map(({ pattern, label, waiting }) => {
          const href = path(pattern, { migration });
          const open = summary === undefined ? 0 : (waiting?.(summary) ?? 0);
          const below = pattern !== '/m/:migration' && here.startsWith(`${href}/`);
          return (
            <li key={pattern} className={below ? 'tab-below' : undefined}>
              <Link href={withGroup(href, group)}>
                {label} {open > 0 && <Badge tone="warn">{open.toLocaleString('en-US')}</Badge>}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
