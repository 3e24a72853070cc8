import { isoTime } from '@chronos/cli/core/text/numbers.ts';
import type { Repair, RepairedRow } from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import { serverMs } from '../../api/live.ts';
import { Link } from '../../router/link.tsx';
import { path } from '../../router/match.ts';
import { Badge } from '../../ui/badge.tsx';
import { whenText } from '../../words/when.ts';
import { caseWords, rowWord, universeWord, unshownWords } from './repair-words.ts';
import './repairs.css';

/** Beyond them the others are folded. */
const rowsShown = 5;
const casesShown = 3;

/** One transaction of Chronos' in one database: when, where, for what, and each row before and after. */
export function RepairItem({ migration, repair }: { migration: string; repair: Repair }) {
  const { universe, writtenAt, cases, rows, moreRows } = repair;
  const folded = rows.slice(rowsShown);
  const unseen =
    moreRows === 0 ? '' : `${moreRows.toLocaleString('en-US')} more rows: chronos repairs --json`;
  return (
    <li className="repair">
      <When at={writtenAt} />
      <div>
        <p className="repair-head">
          <strong>{universeWord(universe)} was written</strong> for{' '}
          <Cases migration={migration} ids={cases} />
        </p>
        <Rows rows={rows.slice(0, rowsShown)} />
        {folded.length > 0 && (
          <details>
            <summary>{folded.length} more rows</summary>
            <Rows rows={folded} />
          </details>
        )}
        {unseen !== '' && <p className="muted">{unseen}</p>}
      </div>
    </li>
  );
}

export function When({ at }: { at: Repair['writtenAt'] }) {
  const iso = isoTime(at) ?? '';
  return (
    <time dateTime={iso} title={iso} className="muted">
      {whenText(at, serverMs())}
    </time>
  );
}

/** Requests with a link, everything else in words. */
function Cases({ migration, ids }: { migration: string; ids: readonly string[] }) {
  const more = ids.length - casesShown;
  return (
    <>
      {ids.slice(0, casesShown).map((id, index) => (
        <span key={id}>
          {index > 0 && ', '}
          <CaseName migration={migration} id={id} />
        </span>
      ))}
      {more > 0 && ` and ${more} more`}
    </>
  );
}

export function CaseName({ migration, id }: { migration: string; id: string }) {
  const { text, isRequest } = caseWords(id);
  if (!isRequest) return <>{text}</>;
  return (
    <>
      request <Link href={path('/m/:migration/requests/:id', { migration, id })}>{text}</Link>
    </>
  );
}

function Rows({ rows }: { rows: readonly RepairedRow[] }) {
  return (
    <ul className="repair-rows">
      {rows.map((row) => (
        <li key={`${row.entity} ${row.key}`}>
          <span>
            <Badge>{row.entity}</Badge> <code>{row.key}</code> <span className="muted">{rowWord(row)}</span>
          </span>
          <Fields row={row} />
        </li>
      ))}
    </ul>
  );
}

/** Before and after of each field that changed. */
function Fields({ row }: { row: RepairedRow }) {
  const { fields, inserted, deleted } = row;
  if (fields.length === 0)
    return inserted || deleted ? null : <span className="muted">{unshownWords(row)}</span>;
  return (
    <dl className="repair-fields">
      {fields.map(({ name, before, after }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {!inserted && (
              <>
                <code className="muted">{shown(before)}</code>
                {!deleted && ' → '}
              </>
            )}
            {!deleted && <code>{shown(after)}</code>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

const shown = (value: string | undefined) => (value === '' ? '(empty)' : (value ?? 'null'));
