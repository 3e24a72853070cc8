import { timestampMs } from '@bufbuild/protobuf/wkt';
import {
  type Proxy as ConnectedProxy,
  type ProxyResource,
  type ProxyRollout,
  ProxyRollout_Stage,
} from '@chronos/proto/chronos/v1/proxy_service_pb.js';
import { printable, wrap } from '../text/cells.ts';
import { span } from '../text/numbers.ts';
import type { Palette } from '../text/palette.ts';
import { table } from '../text/table.ts';

/** `columns`: of the terminal. */
export interface ProxiesView {
  readonly nowMs: number;
  readonly columns: number;
}

const titles = ['NODE', 'STATE', 'ENVOY', 'TYPE', 'RUNS', 'SINCE'];
const indent = '    ';

/**
 * Who runs what: one line a proxy and resource type; below it what else was published for it, what it
 * rejected and why, and where a rollout has it.
 */
export function proxyLines(
  proxies: readonly ConnectedProxy[],
  { nowMs, columns }: ProxiesView,
  colors: Palette,
): string[] {
  const rows: string[][] = [];
  /** Row → the lines below it. */
  const notes = new Map<number, string[]>();
  const note = (text: string, color: (text: string) => string) => {
    const lines = wrap(text, columns - indent.length).map((line) => indent + color(line));
    notes.set(rows.length, [...(notes.get(rows.length) ?? []), ...lines]);
  };
  for (const proxy of proxies) {
    const resources = proxy.resources.length === 0 ? [undefined] : proxy.resources;
    for (const [index, resource] of resources.entries()) {
      const first = index === 0;
      rows.push([
        first ? printable(proxy.nodeId) : '',
        first ? (proxy.connected ? colors.good('connected') : colors.bad('gone')) : '',
        first ? printable(proxy.userAgentVersion) : '',
        ...resourceCells(resource, nowMs, colors),
      ]);
      const rollout = first ? rolloutText(proxy.rollout) : '';
      if (rollout !== '') note(rollout, colors.warn);
      if (resource === undefined) continue;
      const { versionWanted, versionAcked, versionRejected, error } = resource;
      if (error !== '') note(`rejected ${versionRejected}: ${printable(error)}`, colors.bad);
      if (versionAcked !== versionWanted && versionWanted !== versionRejected)
        note(`${versionWanted} is published and not ACKed yet`, colors.warn);
    }
  }
  const [head, ...lines] = table(
    titles.map((title) => ({ title })),
    rows,
  );
  return head === undefined
    ? []
    : [head, ...lines.flatMap((line, index) => [line, ...(notes.get(index + 1) ?? [])])];
}

function resourceCells(resource: ProxyResource | undefined, nowMs: number, colors: Palette): string[] {
  if (resource === undefined) return ['-', '-', '-'];
  const { type, versionWanted, versionAcked, ackedAt } = resource;
  const runs = versionAcked || '-';
  return [
    type,
    versionAcked === versionWanted ? runs : colors.warn(runs),
    ackedAt === undefined ? '-' : span(Math.max(0, nowMs - timestampMs(ackedAt))),
  ];
}

/** Where a rollout has a proxy, in words; empty when it is offered what was published last. */
export function rolloutText(rollout: ProxyRollout | undefined): string {
  const canary = printable(rollout?.canary ?? '');
  switch (rollout?.stage) {
    case ProxyRollout_Stage.CANARY:
      return 'canary: tries the newest before the others';
    case ProxyRollout_Stage.WAITING:
      return canary === '' ? 'waits until a canary is found' : `waits for the canary ${canary}`;
    case ProxyRollout_Stage.REFUSED:
      return `keeps what was accepted before; ${canary} refused the newest: ${printable(rollout.error)}`;
    default:
      return '';
  }
}
