import { useEffect, useState } from 'react';
import { useTopic } from '../../api/live.ts';
import { migrationTopic } from '../../api/topics.ts';
import { useQueryValue } from '../../router/location.ts';
import type { Params } from '../../router/match.ts';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { kinds, RequestList } from './request-list.tsx';

const kindLabels: Readonly<Record<string, string>> = {
  all: 'all verdicts',
  mismatch: 'mismatches',
  matching: 'matching (identical or equivalent)',
  equivalent: 'equivalent only',
  lost: 'lost',
  race: 'races',
};

/** Every judged request that is kept, matching ones too. */
export function RequestsPage({ params: { migration = '' } }: { params: Params }) {
  const [kind, setKind] = useQueryValue('kind', 'all');
  const [group, setGroup] = useQueryValue('group', '');
  const [route, setRoute] = useQueryValue('route', '');
  const [field, setField] = useQueryValue('field', '');
  const groups = useTopic(migrationTopic(migration))?.state.groups.map(({ name }) => name) ?? [];
  const known = kind in kinds ? kind : 'all';
  const gone = groups.length > 0 && group !== '' && !groups.includes(group);
  const shown = gone ? '' : group;
  return (
    <>
      <h1>Requests</h1>
      <div className="filters">
        <label className="inline-field">
          Show
          <select value={known} onChange={(event) => setKind(event.target.value)}>
            {Object.keys(kinds).map((name) => (
              <option key={name} value={name}>
                {kindLabels[name]}
              </option>
            ))}
          </select>
        </label>
        {groups.length > 1 && (
          <label className="inline-field">
            Group
            <select value={shown} onChange={(event) => setGroup(event.target.value)}>
              <option value="">all</option>
              {groups.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </label>
        )}
        <TextFilter label="Route" hint="GET /accounts/*" value={route} onSet={setRoute} />
        <TextFilter label="Differs in" hint="body.amount" value={field} onSet={setField} />
      </div>
      {gone && (
        <p className="warn" role="status">
          There is no route {group}: all of them are shown.{' '}
          <Button look="quiet" onClick={() => setGroup('')}>
            Show all
          </Button>
        </p>
      )}
      <Panel title="Newest first" aside="UTC; what legacy answered and how soon, then modern" flush>
        <RequestList migration={migration} filter={{ kind: known, group: shown, route, field }} />
      </Panel>
    </>
  );
}

/** Takes effect with Enter or when it is left: the server filters, by the whole name. */
function TextFilter({
  label,
  hint,
  value,
  onSet,
}: {
  label: string;
  hint: string;
  value: string;
  onSet: (value: string) => void;
}) {
  const [text, setText] = useState(value);
  // The address changed, by this or by another hand.
  useEffect(() => setText(value), [value]);
  const take = () => onSet(text.trim());
  return (
    <label className="inline-field">
      {label}
      <input
        type="search"
        placeholder={hint}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={take}
        onKeyDown={({ key }) => key === 'Enter' && take()}
      />
    </label>
  );
}
