import './bar.css';

export interface BarPart {
  readonly name: string;
  readonly value: number;
  /** A colour of the tokens, `var(--good)`. */
  readonly color: string;
}

/** Parts of a whole, side by side; a part that is there is seen, however small. `total` defaults to the parts' sum. */
export function Bar({ label, parts, total }: { label: string; parts: readonly BarPart[]; total?: number }) {
  const sum = total ?? parts.reduce((all, part) => all + part.value, 0);
  const share = (value: number) => (sum === 0 ? 0 : Math.min(100, (value / sum) * 100));
  return (
    <div className="bar" role="img" aria-label={label}>
      {parts
        .filter((part) => part.value > 0)
        .map((part) => (
          <span key={part.name} style={{ width: `${share(part.value)}%`, background: part.color }} />
        ))}
    </div>
  );
}
