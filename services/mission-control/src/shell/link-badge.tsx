import { Code } from '@connectrpc/connect';
import { useEffect, useState } from 'react';
import { link, nowMs, useLinkState } from '../api/live.ts';
import type { LinkState } from '../api/live-link.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';

/** Whether what the page shows is live, and how old it is where it is not; screen readers are told when that changes, not each second. */
export function LinkBadge() {
  const state = useLinkState();
  return (
    <>
      <Shown state={state} />
      <span className="visually-hidden" role="status">
        {spoken(state)}
      </span>
    </>
  );
}

function spoken(state: LinkState): string {
  switch (state.kind) {
    case 'live':
      return 'What is shown is live.';
    case 'stale':
      return state.what === undefined ? 'What is shown is old.' : `Old: ${state.what}.`;
    case 'lost':
      return 'Not connected: what is shown is old.';
    default:
      return '';
  }
}

function Shown({ state }: { state: LinkState }) {
  const [, tick] = useState(0);
  const counts = state.kind === 'stale' || state.kind === 'lost' || state.kind === 'connecting';
  useEffect(() => {
    if (!counts) return;
    const timer = setInterval(() => tick((n) => n + 1), 1_000);
    return () => clearInterval(timer);
  }, [counts]);
  const age = (sinceMs: number) => `${Math.round((nowMs() - sinceMs) / 1_000)} s old`;
  const ageOf = (sinceMs: number | undefined) => (sinceMs === undefined ? undefined : age(sinceMs));
  switch (state.kind) {
    case 'live':
      return <Badge tone="good">live</Badge>;
    case 'stale':
      return <Badge tone="warn">{staleText(state.what, ageOf(state.sinceMs))}</Badge>;
    case 'lost':
      return (
        <span className="link-lost">
          <Badge tone="bad">
            not connected{state.sinceMs === undefined ? '' : `, ${age(state.sinceMs)}`}
          </Badge>
          <Button look="quiet" onClick={() => link.retry()} title={state.error}>
            Try now
          </Button>
        </span>
      );
    case 'refused':
      return <Badge tone="bad">{state.code === Code.NotFound ? 'not found' : 'refused'}</Badge>;
    case 'connecting':
      return <Badge>connecting{state.sinceMs === undefined ? '' : `, ${age(state.sinceMs)}`}</Badge>;
    default:
      return <Badge>connecting</Badge>;
  }
}

function staleText(what: string | undefined, age: string | undefined): string {
  if (age === undefined) return `waits for: ${what}`;
  return what === undefined ? age : `${what}: ${age}`;
}
