import type { Act, Standing } from './acts.ts';

const words: Readonly<Record<Standing, string>> = { ahead: '', now: 'now', done: '✓' };

export function Acts({ acts }: { acts: readonly Act[] }) {
  return (
    <ol className="acts" aria-label="The four acts">
      {acts.map(({ name, standing, text }, index) => (
        <li
          key={name}
          className={`act act-${standing}`}
          aria-current={standing === 'now' ? 'step' : undefined}
        >
          <h2>
            <span>{index + 1}</span> {name} <small>{words[standing]}</small>
          </h2>
          <p>{text}</p>
        </li>
      ))}
    </ol>
  );
}
