import { gravityText } from '@chronos/cli/core/render/causes.ts';
import { count } from '@chronos/cli/core/text/numbers.ts';
import { useState } from 'react';
import { Link } from '../../router/link.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { type Beside, type Cause, causeAddress } from './causes.ts';

/** Causes shown before somebody asks for the others. */
const shownFirst = 30;

export function CauseList({
  migration,
  beside,
  causes,
  current,
}: {
  migration: string;
  beside: Beside;
  causes: readonly Cause[];
  current: string | undefined;
}) {
  const [all, setAll] = useState(false);
  const shown = all ? causes : causes.slice(0, shownFirst);
  const rest = causes.length - shown.length;
  return (
    <nav className="causes" aria-label="Causes, the worst first">
      <ul>
        {shown.map((cause) => (
          <li key={cause.id} className={cause.id === current ? 'cause cause-current' : 'cause'}>
            <Link href={causeAddress(migration, cause.id, beside)}>
              <span className="cause-facts">
                <Badge tone={cause.asked ? 'warn' : 'bad'}>{gravityText(cause)}</Badge>
                <span className="muted">
                  {count(cause.count)} {cause.count === 1n ? 'difference' : 'differences'}
                </span>
              </span>
              <span className="cause-sentence">{sentenceOf(cause)}</span>
              <span className="muted cause-place">{placeOf(cause)}</span>
            </Link>
          </li>
        ))}
      </ul>
      {rest > 0 && (
        <Button look="quiet" onClick={() => setAll(true)}>
          {count(rest)} more
        </Button>
      )}
    </nav>
  );
}

/** The cause in plain words; where nobody has looked into it yet, what differs. */
export function sentenceOf({ sentence, groups }: Cause): string {
  const text = sentence === '' ? `${groups[0]?.field ?? 'the answer'} differs` : sentence;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function placeOf({ groups, fields, routes }: Cause): string {
  const [first] = groups;
  if (first === undefined) return '';
  if (fields <= 1 && routes <= 1) return `${shortRoute(first.route)} · ${first.field}`;
  const many = (value: number, word: string) => `${count(value)} ${word}${value === 1 ? '' : 's'}`;
  return `${many(routes, 'route')} · ${many(fields, 'field')}`;
}

/** The last step of a gRPC method's or a long path; the whole stands elsewhere. */
export function shortRoute(route: string): string {
  return route.includes('.v1.') || route.length > 40 ? route.slice(route.lastIndexOf('/') + 1) : route;
}
