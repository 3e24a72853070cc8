import { EffectsState, type Verdict } from '@chronos/proto/events/v1/verdict_pb.js';
import { api } from '../../api/transport.ts';
import { useLoad } from '../../api/use-load.ts';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ReadAt } from '../../ui/read-at.tsx';
import { RepairItem } from '../repairs/repair-entry.tsx';
import { Unsettled } from '../repairs/unsettled.tsx';

const repairsMax = 20;

/** What was written because of this request, and what is not settled of it. Nothing where there was nothing to do, or no entity is declared. */
export function RequestRepairs({ verdict }: { verdict: Verdict }) {
  const { migration, requestId, effectsState, effects } = verdict;
  const mayDiffer = effectsState !== EffectsState.UNSPECIFIED || effects.length > 0;
  const { value, readAtMs, error, reload } = useLoad(mayDiffer ? `repairs ${requestId}` : '', (signal) =>
    api.entanglement.listRepairs({ migration, requestId, limit: repairsMax }, { signal }),
  );
  if (error !== undefined)
    return (
      <Panel title="Repairs">
        <p className="muted">
          What was repaired after it is not known: {error.rawMessage}.{' '}
          <Button look="quiet" onClick={reload}>
            Again
          </Button>
        </p>
      </Panel>
    );
  if (value === undefined || value.repairs.length + value.unsettled.length === 0) return null;
  return (
    <Panel
      title="Repairs"
      aside={
        <>
          <ReadAt ms={readAtMs} />{' '}
          <Button look="quiet" onClick={reload}>
            Again
          </Button>
        </>
      }
      flush
    >
      <ol aria-label="Repairs">
        {value.unsettled.map((each) => (
          <Unsettled key={each.id} migration={migration} unsettled={each} />
        ))}
        {value.repairs.map((repair) => (
          <RepairItem key={repair.id} migration={migration} repair={repair} />
        ))}
      </ol>
    </Panel>
  );
}
