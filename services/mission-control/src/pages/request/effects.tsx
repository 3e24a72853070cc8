import { EffectsState, type EntityEffect, type Verdict } from '@chronos/proto/events/v1/verdict_pb.js';
import { Badge } from '../../ui/badge.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ScrollBox } from '../../ui/scroll-box.tsx';
import { rulingWords } from '../../words/verdict.ts';
import { type EffectRow, effectRows, type FieldChange } from './effect-rows.ts';

/** What the request did to the rows of both databases: before, after and the difference of each field. Nothing where no entity is declared. */
export function Effects({ verdict }: { verdict: Verdict }) {
  const { effects, effectsState, effectsExplanation } = verdict;
  if (effectsState === EffectsState.UNSPECIFIED && effects.length === 0) return null;
  const worstFirst = effects.toSorted((a, b) => Number(b.explanation !== '') - Number(a.explanation !== ''));
  return (
    <Panel title="What it did in both databases" aside={stateText(effectsState)} className="effects">
      {effectsExplanation !== '' && <p>{effectsExplanation}</p>}
      {effects.length === 0 && <p className="muted">It changed no row that is declared.</p>}
      {worstFirst.map((effect) => (
        <Effect key={`${effect.entity} ${effect.key}`} effect={effect} />
      ))}
    </Panel>
  );
}

function stateText(state: EffectsState): string {
  if (state === EffectsState.UNKNOWN) return 'not known in full';
  if (state === EffectsState.AMBIGUOUS) return 'whose they are cannot be told';
  return state === EffectsState.TOO_LARGE ? 'more rows than are kept' : 'compared row by row';
}

function Effect({ effect }: { effect: EntityEffect }) {
  const { rows, same } = effectRows(effect);
  const { word, tone } = rulingWords(effect.ruling, 0);
  return (
    <section className="effect" aria-label={`${effect.entity} ${effect.key}`}>
      <p>
        <Badge tone={tone}>{word}</Badge> <strong>{effect.entity}</strong> <code>{effect.key}</code>
        {effect.modernKey !== '' && (
          <span className="muted">
            {' '}
            in modern <code>{effect.modernKey}</code>
          </span>
        )}{' '}
        <span className="muted">{effect.explanation}</span>
      </p>
      <ScrollBox label={`${effect.entity} in both databases`}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">Legacy before → after</th>
              <th scope="col" className="right">
                Δ
              </th>
              <th scope="col">Modern before → after</th>
              <th scope="col" className="right">
                Δ
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.field} row={row} />
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {same > 0 && <p className="muted">{same} more fields: untouched and the same.</p>}
    </section>
  );
}

function Row({ row: { field, legacy, modern, differs } }: { row: EffectRow }) {
  return (
    <tr className={differs ? 'effect-differs' : undefined}>
      <td>
        <code>{field}</code>
      </td>
      <Change change={legacy} />
      <Change change={modern} />
    </tr>
  );
}

function Change({ change: { before, after, delta } }: { change: FieldChange }) {
  return (
    <>
      <td>
        <code className="muted">{shown(before)}</code> → <code>{shown(after)}</code>
      </td>
      <td className="right">
        <code>{delta ?? (before === after ? '0' : '')}</code>
      </td>
    </>
  );
}

/** ∅: the row is not there. */
const shown = (value: string | undefined) => (value === '' ? '(empty)' : (value ?? '∅'));
