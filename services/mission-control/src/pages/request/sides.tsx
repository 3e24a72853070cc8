import { endOf, messageLines } from '@chronos/cli/core/render/exchange-text.ts';
import { durationText } from '@chronos/cli/core/text/numbers.ts';
import type { Exchange } from '@chronos/proto/events/v1/exchange_pb.js';
import { useMemo } from 'react';
import { changedPart } from '../../ui/changed-part.ts';
import { Marked } from '../../ui/values.tsx';
import { type AlignedLine, alignLines } from './align-lines.ts';

/** Both answers side by side; what differs is marked. `right` names the other side where it is not modern's answer of then. */
export function Sides({
  legacy,
  modern,
  right = 'modern',
}: {
  legacy: Exchange | undefined;
  modern: Exchange | undefined;
  right?: string;
}) {
  const lines = useMemo(
    () => alignLines(messageLines(legacy?.response), messageLines(modern?.response)),
    [legacy, modern],
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
    // biome-ignore lint/a11y/useSemanticElements: a scrolling box around a table
    <div className="sides" tabIndex={0} role="group" aria-label={`Legacy's answer beside ${right}'s`}>
      <table>
        <thead>
          <tr>
            <SideHead name="legacy" exchange={legacy} />
            <SideHead name={right} exchange={modern} />
          </tr>
        </thead>
        <tbody>
          {lines.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name, and never move
            <Line key={index} line={line} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function SideHead({ name, exchange }: { name: string; exchange: Exchange | undefined }) {
  const ended =
    exchange === undefined ? 'not captured' : `${endOf(exchange)} · ${durationText(exchange.duration)}`;
  return (
    <th scope="col">
      <span className={name === 'legacy' ? 'universe universe-legacy' : 'universe universe-modern'}>
        {name}
      </span>{' '}
      <span className="muted">{ended}</span>
    </th>
  );
}

function Line({ line: { left, right, same } }: { line: AlignedLine }) {
  if (same) {
    return (
      <tr>
        <td>{left}</td>
        <td>{right}</td>
      </tr>
    );
  }
  const [one, other] = changedPart(left ?? '', right ?? '');
  return (
    <tr className="side-differs">
      <td className="side-legacy">{left !== undefined && <Marked parts={one} />}</td>
      <td className="side-modern">{right !== undefined && <Marked parts={other} />}</td>
    </tr>
  );
}
