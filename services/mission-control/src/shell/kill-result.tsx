import { span } from '@chronos/cli/core/text/numbers.ts';
import type { KillMigrationResponse } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { Figure, Figures } from '../ui/figure.tsx';
import { unproven } from './kill-words.ts';

/** How long it took until every proxy had ACKed, and whether a probe saw legacy; where that is no proof, why. */
export function KillResult({ killed, id }: { killed: KillMigrationResponse; id: string }) {
  const { elapsedMs, proxiesAcked, proxiesPending, probeSawLegacy, journalPending } = killed;
  const all = proxiesAcked + proxiesPending;
  const everyProxy = all > 0 && proxiesPending === 0;
  const why = unproven(killed);
  const [value = '', unit = ''] = span(elapsedMs).split(' ');
  return (
    <div className="kill-result" role="status" id={id}>
      <Figures>
        <Figure
          name={everyProxy ? 'until every proxy had ACKed' : 'waited for the proxies'}
          value={value}
          unit={unit}
          tone={everyProxy ? 'good' : 'bad'}
          note={`${proxiesAcked} of ${all} ${all === 1 ? 'proxy' : 'proxies'} ACKed`}
        />
        <Figure
          name="a probe through a proxy"
          value={probeSawLegacy ? 'legacy' : 'no answer'}
          tone={probeSawLegacy ? 'good' : 'warn'}
          note={probeSawLegacy ? 'answered it' : 'legacy was not seen; look at the proxies'}
        />
      </Figures>
      {why !== undefined && (
        <p className="bad">
          Not proven: {why}. The journal names what is missing. A proxy gets it as soon as it answers; throw
          the switch again to prove it.
        </p>
      )}
      {journalPending && (
        <p className="warn">
          The kill is in force; its journal entry waits for Chronos' database, which did not answer within a
          second, and is written as soon as it does.
        </p>
      )}
    </div>
  );
}
