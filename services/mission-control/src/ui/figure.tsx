import type { ReactNode } from 'react';
import type { Tone } from './badge.tsx';
import './figure.css';

/** One big honest number with its name, and below it what it is measured against. */
export function Figure({
  name,
  value,
  unit,
  note,
  tone = 'neutral',
}: {
  name: string;
  value: string;
  unit?: string;
  note?: string;
  tone?: Tone;
}) {
  return (
    <div className={`figure figure-${tone}`}>
      <dt>{name}</dt>
      <dd>
        <span className="figure-value">{value}</span>
        {unit !== undefined && <span className="figure-unit"> {unit}</span>}
        <span className="figure-note">{note}</span>
      </dd>
    </div>
  );
}

/** Figures in a row; they wrap where there is no room. */
export function Figures({ children }: { children: ReactNode }) {
  return <dl className="figures">{children}</dl>;
}
