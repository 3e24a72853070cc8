import { type Difference, Ruling } from '@chronos/proto/events/v1/verdict_pb.js';
import { Badge } from '../../ui/badge.tsx';
import { Values } from '../../ui/values.tsx';
import { rulingWords } from '../../words/verdict.ts';

const shownMax = 100;

/** What differs and what the judge says of it: what stands first, then `field`, the one that the reader comes from. */
export function Differences({ differences, field }: { differences: readonly Difference[]; field?: string }) {
  if (differences.length === 0) return <p className="muted">Nothing differs.</p>;
  const rank = ({ ruling, path }: Difference) => (standing(ruling) ? 0 : 2) - (path === field ? 1 : 0);
  const shown = differences.toSorted((a, b) => rank(a) - rank(b)).slice(0, shownMax);
  return (
    <ul className="differences">
      {shown.map((difference) => {
        const { word, tone } = rulingWords(difference.ruling, difference.severity);
        return (
          <li
            key={difference.pointer || difference.path}
            className={standing(difference.ruling) ? 'stands' : ''}
          >
            <p>
              <Badge tone={tone}>{word}</Badge> <code>{difference.pointer || difference.path}</code>{' '}
              <span className="muted">{difference.rule}</span>
            </p>
            <Values legacy={difference.legacy} modern={difference.modern} />
            {difference.explanation !== '' && <p className="difference-why">{difference.explanation}</p>}
          </li>
        );
      })}
      {differences.length > shownMax && (
        <li className="muted">{differences.length - shownMax} more differences</li>
      )}
    </ul>
  );
}

const standing = (ruling: Ruling) => ruling === Ruling.BUG || ruling === Ruling.ASKED;
