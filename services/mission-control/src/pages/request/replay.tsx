import { durationText, timeOfDay } from '@chronos/cli/core/text/numbers.ts';
import type { ReplayRequestResponse } from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import type { Verdict } from '@chronos/proto/events/v1/verdict_pb.js';
import { useState } from 'react';
import { useSession } from '../../api/session.tsx';
import { api } from '../../api/transport.ts';
import { useCall } from '../../shell/use-call.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { kindWords } from '../../words/verdict.ts';
import { Differences } from './differences.tsx';
import { Sides } from './sides.tsx';

/** Asks modern the same once more; the server refuses what could do something twice, and says why. */
export function Replay({ verdict }: { verdict: Verdict }) {
  const { mayChange } = useSession();
  const { busy, error, run } = useCall();
  const [replayed, setReplayed] = useState<ReplayRequestResponse>();
  const { requestId } = verdict;
  const replay = () =>
    run('Replay', async () => setReplayed(await api.missionControl.replayRequest({ requestId })));
  return (
    <Panel title="Ask modern again" aside="never legacy; only what is safe to repeat; no evidence">
      <div className="replay">
        <Button busy={busy} disabled={!mayChange} onClick={replay}>
          {busy ? 'Modern is asked …' : 'Replay against modern'}
        </Button>
        {!mayChange && <p className="muted">Operators send requests; you look on.</p>}
        <p role="status">
          {error !== undefined && <span className="warn">{capital(error)}.</span>}
          {replayed !== undefined && error === undefined && <Outcome replayed={replayed} />}
        </p>
      </div>
      {replayed !== undefined && error === undefined && (
        <>
          <Differences differences={replayed.differences} />
          <Sides legacy={replayed.verdict?.legacy} modern={replayed.replayed} right="modern now" />
        </>
      )}
    </Panel>
  );
}

function Outcome({ replayed }: { replayed: ReplayRequestResponse }) {
  const { word, tone } = kindWords(replayed.kind, replayed.asked);
  const took = durationText(replayed.replayed?.duration);
  return (
    <>
      <Badge tone={tone}>{word}</Badge> {replayed.modernDeployment} answered in {took} at{' '}
      {timeOfDay(replayed.at)} UTC; compared with what legacy said then.
    </>
  );
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
