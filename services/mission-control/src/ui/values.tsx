import { changedPart } from './changed-part.ts';
import './values.css';

/** Two values under each other, each with its universe's name; what differs between them is marked. Empty means missing. */
export function Values({ legacy, modern }: { legacy: string | undefined; modern: string | undefined }) {
  const [one, other] = changedPart(legacy ?? '', modern ?? '');
  return (
    <dl className="values">
      <div>
        <dt>legacy</dt>
        <dd>{legacy === undefined || legacy === '' ? <Nothing /> : <Marked parts={one} />}</dd>
      </div>
      <div className="values-modern">
        <dt>modern</dt>
        <dd>{modern === undefined || modern === '' ? <Nothing /> : <Marked parts={other} />}</dd>
      </div>
    </dl>
  );
}

const Nothing = () => <span className="muted">(nothing)</span>;

/** A text whose middle part is marked. */
export function Marked({ parts: [before, changed, after] }: { parts: readonly [string, string, string] }) {
  return (
    <code>
      {before}
      {changed !== '' && <mark>{changed}</mark>}
      {after}
    </code>
  );
}
