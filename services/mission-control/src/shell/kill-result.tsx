import { span } from '@chronos/cli/core/text/numbers.ts';
import type { KillMigrationResponse } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { Figure, Figures } from '../ui/figure.tsx';

/** How long it took until every proxy had ACKed, and whether a probe saw legacy. */
export function KillResult({ killed }: { killed: KillMigrationResponse }) {
  const { elapsedMs, proxiesAcked, proxiesPending, probeSawLegacy } = killed;
  const all = proxiesAcked + proxiesPending;
  const [value = '', unit = ''] = span(elapsedMs).split(' ');
  return (
    <div role="status">
      <Figures>
        <Figure
          name={proxiesPending === 0 ? 'until every proxy had ACKed' : 'waited for the proxies'}
          value={value}
          unit={unit}
          tone={proxiesPending === 0 ? 'good' : 'bad'}
          note={`${proxiesAcked} of ${all} ${all === 1 ? 'proxy' : 'proxies'} ACKed`}
        />
        <Figure
          name="a probe through a proxy"
          value={probeSawLegacy ? 'legacy' : 'no answer'}
          tone={probeSawLegacy ? 'good' : 'warn'}
          note={probeSawLegacy ? 'answered it' : 'legacy was not seen; look at the proxies'}
        />
      </Figures>
      {proxiesPending > 0 && (
        <p className="bad">
          {proxiesPending} had not ACKed when the wait ended; the journal names them. They get it as soon as
          they answer.
        </p>
      )}
    </div>
  );
}
