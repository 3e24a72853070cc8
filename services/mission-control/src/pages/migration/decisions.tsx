import { repeatsDeployment, storyOf } from '@chronos/cli/core/story.ts';
import type { Decision } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { serverMs } from '../../api/live.ts';
import { Panel } from '../../ui/panel.tsx';
import { EmptyState } from '../../ui/state.tsx';
import { whenText } from '../../words/when.ts';

const tones = { good: 'good', bad: 'bad', warn: 'warn', accent: 'accent', plain: '' };

/** What happened and why, the newest first. */
export function Decisions({ decisions, groups }: { decisions: readonly Decision[]; groups: number }) {
  const told = decisions.filter((decision, index) => !repeatsDeployment(decisions[index + 1], decision));
  return (
    <Panel title="Decisions" aside="UTC, newest first" className="decisions">
      {told.length === 0 ? (
        <EmptyState title="Nothing has been decided yet" />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
        <ol className="decision-list" tabIndex={0} aria-label="Decisions">
          {told.map((decision) => (
            <DecisionItem key={String(decision.sequence)} decision={decision} named={groups > 1} />
          ))}
        </ol>
      )}
    </Panel>
  );
}

/** `named`: with its route, where there is more than one. */
function DecisionItem({ decision, named }: { decision: Decision; named: boolean }) {
  const { tone, headline, reason } = storyOf(named ? decision : { ...decision, group: '' });
  const person = decision.actor !== '' && decision.actor !== 'chronos';
  return (
    <li>
      <time className="muted">{whenText(decision.at, serverMs())}</time>
      <div>
        <p className={`decision-headline ${tones[tone]}`}>{headline}</p>
        <p className="muted">
          {reason}
          {person && ` · by ${decision.actor}`}
        </p>
      </div>
    </li>
  );
}
