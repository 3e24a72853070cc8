import { count, percent } from '@chronos/cli/core/text/numbers.ts';
import type { MigrationState } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { Bar } from '../../ui/bar.tsx';
import { Panel } from '../../ui/panel.tsx';

/** Every request that Envoy counted: compared, lost and why, or not judged yet. */
export function Coverage({ state }: { state: MigrationState }) {
  const { total = 0n, compared = 0n, pending = 0n, lost = {} } = state.coverage ?? {};
  const reasons = Object.entries(lost).sort((a, b) => Number(b[1] - a[1]));
  const lostSum = reasons.reduce((sum, [, value]) => sum + value, 0n);
  const rows: readonly (readonly [color: string, name: string, value: bigint])[] = [
    ['var(--good)', 'compared', compared],
    ['var(--line-strong)', 'not judged yet', pending],
    ['var(--warn)', 'lost', lostSum],
  ];
  const label = rows.map(([, name, value]) => `${count(value)} ${name}`).join(', ');
  return (
    <Panel title="Coverage" aside={`${count(total)} requests, counted by Envoy`}>
      <Bar
        label={label}
        total={Number(total)}
        parts={rows.map(([color, name, value]) => ({ color, name, value: Number(value) }))}
      />
      <dl className="coverage">
        {rows.map(([color, name, value]) => (
          <div key={name}>
            <dt>
              <i style={{ background: color }} />
              {name}
            </dt>
            <dd>
              {count(value)} <span className="muted">{shareText(value, total)}</span>
            </dd>
          </div>
        ))}
        {reasons.map(([reason, value]) => (
          <div key={reason} className="coverage-reason">
            <dt>{reason}</dt>
            <dd>{count(value)}</dd>
          </div>
        ))}
      </dl>
      <p className="coverage-kinds muted">{kindsText(state.verdicts)}</p>
    </Panel>
  );
}

function shareText(value: bigint, total: bigint): string {
  return total === 0n ? '' : `${percent((Number(value) / Number(total)) * 100)} %`;
}

function kindsText(verdicts: Readonly<Record<string, bigint>>): string {
  const kinds = Object.entries(verdicts)
    .filter(([, value]) => value > 0n)
    .sort((a, b) => Number(b[1] - a[1]))
    .map(([kind, value]) => `${count(value)} ${kind}`);
  return kinds.length === 0 ? 'No verdict yet.' : `Verdicts since the start: ${kinds.join(', ')}.`;
}
