import { useTopic } from '../../api/live.ts';
import { migrationTopic } from '../../api/topics.ts';
import { useQueryValue } from '../../router/location.ts';
import type { Params } from '../../router/match.ts';
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
            <select value={group} onChange={(event) => setGroup(event.target.value)}>
              <option value="">all</option>
              {groups.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </label>
        )}
        <TextFilter
          key={`route ${route}`}
          label="Route"
          hint="GET /accounts/*"
          value={route}
          onSet={setRoute}
        />
        <TextFilter
          key={`field ${field}`}
          label="Differs in"
          hint="body.amount"
          value={field}
          onSet={setField}
        />
      </div>
      <Panel title="Newest first" aside="UTC; what legacy answered and how soon, then modern" flush>
        <RequestList migration={migration} filter={{ kind: known, group, route, field }} />
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
  return (
    <label className="inline-field">
      {label}
      <input
        type="search"
        placeholder={hint}
        defaultValue={value}
        onBlur={(event) => onSet(event.target.value.trim())}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onSet(event.currentTarget.value.trim());
        }}
      />
    </label>
  );
}
