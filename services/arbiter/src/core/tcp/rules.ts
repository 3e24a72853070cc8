import { type Migration, TcpCompare } from '@chronos/proto/chronos/v1/migration_pb.js';
import { type Cut, cutterOf } from './framing.ts';
import { compileMasks, type Mask } from './mask.ts';

/** How the connections of one TCP group are compared. */
export interface TcpRules {
  readonly cut: Cut;
  readonly masks: readonly Mask[];
  /** Only that both universes took the same bytes. */
  readonly requestsOnly: boolean;
  /** A copy that Envoy ended because the service closed the connection is judged by what was seen of it. */
  readonly serverClosesFirst: boolean;
}

/** Rules by group, and what could not be used. */
export function compileTcpRules(spec: Migration | undefined): {
  readonly groups: ReadonlyMap<string, TcpRules>;
  readonly problems: readonly string[];
} {
  const problems: string[] = [];
  const groups = new Map<string, TcpRules>();
  for (const { name, framing, ignore, compare, serverClosesFirst } of spec?.tcp ?? []) {
    const compiled = compileMasks(ignore);
    problems.push(...compiled.problems);
    const requestsOnly = compare === TcpCompare.REQUESTS;
    groups.set(name, { cut: cutterOf(framing), masks: compiled.masks, requestsOnly, serverClosesFirst });
  }
  return { groups, problems };
}
