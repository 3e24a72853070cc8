import { type CSSProperties, type ReactNode, useEffect } from 'react';
import { useLinkState, useTopic } from '../../api/live.ts';
import { migrationTopic } from '../../api/topics.ts';
import { Link } from '../../router/link.tsx';
import { useQueryValue } from '../../router/location.ts';
import { type Params, path } from '../../router/match.ts';
import { withGroup } from '../../shell/chosen-group.ts';
import { KillButton } from '../../shell/kill-button.tsx';
import { LinkBadge } from '../../shell/link-badge.tsx';
import { ErrorState, Loading } from '../../ui/state.tsx';
import { stageWords } from '../../words/stage.ts';
import { useSeries } from '../migration/use-series.ts';
import { figuresShown, groupShown, knownGroup } from '../migration/which-group.ts';
import { runningBuild } from '../mismatches/causes.ts';
import { actsOf, modernHealth } from './acts.ts';
import { Acts } from './acts.tsx';
import { Evidence } from './evidence.tsx';
import { Universes } from './universes.tsx';
import './stage.css';

const windowSeconds = 300;
/** Modern's colour goes from red (hue 0) to legacy's green. */
const greenHue = 151;

/** Four acts on one screen (1920×1080), driven by the real system: legacy green, modern red turning green. Always dark. */
export function StagePage({ params: { migration = '' } }: { params: Params }) {
  const watched = useTopic(migrationTopic(migration));
  const link = useLinkState();
  const [chosen] = useQueryValue('route', '');
  const group = watched === undefined ? undefined : groupShown(watched.state, chosen);
  // One of several routes is told with its own charts, and by its name.
  const route =
    group !== undefined && watched !== undefined && watched.state.groups.length > 1 ? group.name : '';
  const series = useSeries(migration, route, windowSeconds);
  useDark();
  if (watched === undefined || group === undefined) {
    const waiting = link.kind !== 'refused' && link.kind !== 'lost';
    return (
      <main className="stage">
        <StageHead migration={migration} to="/" sealed={false} />
        {waiting ? (
          <Loading what={`migration ${migration}`} />
        ) : (
          <ErrorState title={`Nothing is known of ${migration}`} detail={link.error} />
        )}
      </main>
    );
  }
  const { state, decisions } = watched;
  const health = modernHealth(group);
  const style: CSSProperties & Record<'--modern-now', string> = {
    '--modern-now': `hsl(${Math.round(health.share * greenHue)} 55% 60%)`,
  };
  return (
    <main className="stage" style={style}>
      <StageHead
        migration={migration}
        to={withGroup(path('/m/:migration', { migration }), chosen)}
        sealed={state.sealed !== undefined}
      >
        <p className="stage-stage">
          {route !== '' && `${route}: `}
          {stageWords(group.stage, group.modernPercent)}
        </p>
        {knownGroup(state, chosen) !== chosen && <p className="warn">There is no route {chosen}.</p>}
        <p className="stage-waits">
          {group.nextStep?.waitsFor ? `waits for ${group.nextStep.waitsFor}` : ''}
        </p>
      </StageHead>
      <Acts acts={actsOf(state, group, decisions)} />
      <Universes state={state} group={group} series={series} health={health} />
      <Evidence
        migration={migration}
        series={series}
        decisions={decisions}
        groups={state.groups.length}
        build={runningBuild(state)}
        mismatched={figuresShown(state, '').mismatched > 0n}
      />
    </main>
  );
}

/** What stands there whatever is known: the way off the stage, whether it is live (or "Try now"), and the kill switch. */
function StageHead({
  migration,
  to,
  sealed,
  children,
}: {
  migration: string;
  /** Where the name leads. */
  to: string;
  sealed: boolean;
  children?: ReactNode;
}) {
  return (
    <header className="stage-head">
      <h1>
        <Link href={to}>
          Chronos <span>{migration}</span>
        </Link>
      </h1>
      {children}
      <LinkBadge />
      <KillButton migrations={[{ name: migration, sealed }]} />
    </header>
  );
}

/** On a projector; the choice of the other pages comes back when one leaves. */
function useDark(): void {
  useEffect(() => {
    const { dataset } = document.documentElement;
    const before = dataset.theme;
    dataset.theme = 'dark';
    return () => {
      if (before === undefined) delete dataset.theme;
      else dataset.theme = before;
    };
  }, []);
}
