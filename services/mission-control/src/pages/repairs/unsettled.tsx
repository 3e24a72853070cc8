import type { RepairCase } from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import { Badge } from '../../ui/badge.tsx';
import { Bar } from '../../ui/bar.tsx';
import { CaseName, When } from './repair-entry.tsx';
import { carriedPercent, caseWords, causeWords, stateWords, universeWord } from './repair-words.ts';

const rowsShown = 3;

/** Something after which rows may differ, and that is not settled: since when, why, and which rows. */
export function Unsettled({ migration, unsettled }: { migration: string; unsettled: RepairCase }) {
  const { id, cause, authority, openedAt, state, reason, rows } = unsettled;
  const { word, tone } = stateWords(state);
  const carried = carriedPercent(reason);
  const more = rows.slice(rowsShown);
  return (
    <li className="repair">
      <When at={openedAt} />
      <div>
        <p className="repair-head">
          <Badge tone={carried === undefined ? tone : 'info'}>
            {carried === undefined ? word : 'carried over'}
          </Badge>{' '}
          <CaseName migration={migration} id={id} />
          <span className="muted">
            {caseWords(id).isRequest && ` · ${causeWords(cause)}`} · {universeWord(authority)} is right
          </span>
        </p>
        {reason !== '' && <p>{reason}</p>}
        {carried !== undefined && (
          <Bar
            label={`carried over: ${carried} %`}
            total={100}
            parts={[{ name: 'carried over', value: carried, color: 'var(--accent)' }]}
          />
        )}
        {rows.length > 0 && (
          <p className="repair-keys muted">
            {rows.slice(0, rowsShown).map((row) => (
              <code key={row}>{row}</code>
            ))}
          </p>
        )}
        {more.length > 0 && (
          <details>
            <summary>{more.length} more rows</summary>
            <p className="repair-keys muted">
              {more.map((row) => (
                <code key={row}>{row}</code>
              ))}
            </p>
          </details>
        )}
      </div>
    </li>
  );
}
