import { type Duration, durationMs } from '@bufbuild/protobuf/wkt';
import {
  type Customer,
  type Migration,
  Protocol,
  type RouteGroup,
  type RouteMatch,
  type TcpRoute,
  TcpSticky,
  type TcpTarget,
} from '@chronos/proto/chronos/v1/migration_pb.js';
import {
  type CustomerSource,
  type DataPlane,
  type EndpointIr,
  type GroupIr,
  type MatchIr,
  type MigrationIr,
  type SocketAddress,
  type TcpGroupIr,
  TOTAL_WEIGHT_BP,
  type UpstreamProtocol,
} from './ir.ts';
import { hangToldMs } from './orchestrator/policy.ts';
import type { Stage } from './orchestrator/stages.ts';

/** A migration as it stands: what the user wants, and how far each group has come. */
export interface MigrationStanding {
  readonly spec: Migration;
  /** Every group of the spec; one that is missing counts as draft. */
  readonly groups: readonly { readonly name: string; readonly stage: Stage; readonly weightBp: number }[];
  readonly endpoints: {
    readonly legacy: readonly ServingAt[];
    readonly modern: readonly ServingAt[];
  };
  readonly probeSecret: string;
}

/** A deployment and the host:port at which it serves. */
export interface ServingAt {
  readonly address: string;
  readonly deployment: string;
  /** Named ports beside the address, name to host:port. */
  readonly ports?: Readonly<Record<string, string>>;
}

export interface DataPlaneSettings {
  /** host:port of services/capture as the proxies reach it. */
  readonly captureAddress: string;
  /** host:port of services/identifiers as the proxies reach it; needed once a migration declares identifiers. */
  readonly identifiersAddress?: string | undefined;
  /** host:port of an OTLP collector (gRPC). */
  readonly otlpAddress?: string | undefined;
}

const timeoutMsDefault = 15_000;
const perTryTimeoutMsDefault = 2_000;
const joinDeadlineMsDefault = 10_000;
const copyDeadlineMsDefault = 5_000;
const identifierWaitMsDefault = 2_000;
const idleTimeoutMsDefault = 3_600_000;

/**
 * The data plane that a set of migrations asks for.
 * @throws Error when an address is not host:port; a validated spec has none such.
 */
export function irFromMigrations(
  standings: readonly MigrationStanding[],
  settings: DataPlaneSettings,
): DataPlane {
  const otlp = settings.otlpAddress === undefined ? null : parseAddress(settings.otlpAddress);
  return {
    capture: parseAddress(settings.captureAddress),
    ...(settings.identifiersAddress === undefined
      ? {}
      : { identifiers: parseAddress(settings.identifiersAddress) }),
    otlp,
    migrations: standings.map((standing) => migrationIr(standing, otlp !== null)),
  };
}

function migrationIr(
  { spec, groups, endpoints, probeSecret }: MigrationStanding,
  traced: boolean,
): MigrationIr {
  const standing = new Map(groups.map((group) => [group.name, group]));
  return {
    name: spec.name,
    listen: parseAddress(spec.listen),
    customer: customerSource(spec.customer),
    traceSampling: spec.traceSampling ?? (traced ? 1 : 0),
    probeSecret,
    legacy: { protocol: protocol(spec.legacy?.protocol), endpoints: endpoints.legacy.map(endpoint) },
    modern: { protocol: protocol(spec.modern?.protocol), endpoints: endpoints.modern.map(endpoint) },
    groups: spec.routes.map((route) => {
      const { stage, weightBp } = standing.get(route.name) ?? { stage: 'draft', weightBp: 0 };
      const group = groupIr(route, route.stayOnLegacy ? 'draft' : stage, weightBp);
      return spec.identifiers?.answering.includes(route.name) ? { ...group, translated: true } : group;
    }),
    tcp: spec.tcp.map((route) => {
      const { stage, weightBp } = standing.get(route.name) ?? { stage: 'draft', weightBp: 0 };
      return tcpGroupIr(route, route.stayOnLegacy ? 'draft' : stage, weightBp, endpoints);
    }),
    ...secondRun(spec),
    ...identifiers(spec),
    ...(hidesTargets(spec) ? { hidesTargets: true } : {}),
    copyDeadlineMs: copyDeadline(spec),
  };
}

/** Envoy cannot mask a part of a target in its spans: it leaves all of it out. */
function hidesTargets({ sensitive }: Migration): boolean {
  return sensitive?.fields.some((field) => /^(request\.)?(query|path)\b/.test(field)) ?? false;
}

function secondRun({ legacy }: Migration): Pick<MigrationIr, 'second'> {
  if (legacy?.second === undefined) return {};
  const { address, writes } = legacy.second;
  return { second: { address: parseAddress(address), writes } };
}

function identifiers({ identifiers: declared }: Migration): Pick<MigrationIr, 'identifiers'> {
  if (declared === undefined || declared.bijections.length === 0) return {};
  const waitMs = milliseconds(declared.wait) ?? identifierWaitMsDefault;
  return { identifiers: { waitMs } };
}

/**
 * As long as a declared timeout allows an answer to take, but shorter than the arbiter waits for it: that a universe hung has to reach the
 * arbiter in time to be judged a missing answer, not a missing capture. Short otherwise: a shadow that does not read holds up its client's
 * large uploads until this deadline.
 */
function copyDeadline(spec: Migration): number {
  const { policy, routes } = spec;
  const declared = routes.map((route) => milliseconds(route.timeout) ?? 0);
  const joined = milliseconds(policy?.joinDeadline) ?? joinDeadlineMsDefault;
  const judgedInTime = joined - Math.min(hangToldMs, Math.round(joined / 4));
  // A copy that waits for what it needs to know has not begun yet.
  const waitMs = identifiers(spec).identifiers?.waitMs ?? 0;
  return Math.min(judgedInTime, Math.max(copyDeadlineMsDefault, ...declared) + 2 * waitMs);
}

function groupIr(route: RouteGroup, stage: Stage, weightBp: number): GroupIr {
  const timeoutMs = milliseconds(route.timeout);
  return {
    name: route.name,
    ...routing(stage, weightBp),
    matches: route.match.map(matchIr),
    timeoutMs: timeoutMs ?? timeoutMsDefault,
    timeoutCoversStreams: timeoutMs !== undefined,
    perTryTimeoutMs: milliseconds(route.perTryTimeout) ?? perTryTimeoutMsDefault,
  };
}

function tcpGroupIr(
  route: TcpRoute,
  stage: Stage,
  weightBp: number,
  serving: MigrationStanding['endpoints'],
): TcpGroupIr {
  return {
    name: route.name,
    ...routing(stage, weightBp),
    listen: parseAddress(route.listen),
    legacy: { endpoints: serving.legacy.flatMap((at) => tcpEndpoint(route.legacy, at)) },
    modern: { endpoints: serving.modern.flatMap((at) => tcpEndpoint(route.modern, at)) },
    idleTimeoutMs: milliseconds(route.idleTimeout) ?? idleTimeoutMsDefault,
    sticky: route.sticky === TcpSticky.NONE ? 'none' : 'source',
  };
}

/** Where a deployment takes a route's connections; a named port that it does not have is no endpoint. */
function tcpEndpoint(target: TcpTarget | undefined, { address, deployment, ports }: ServingAt): EndpointIr[] {
  switch (target?.target.case) {
    case 'address':
      return [endpoint({ address: target.target.value, deployment })];
    case 'port': {
      const named = ports?.[target.target.value];
      return named === undefined ? [] : [endpoint({ address: named, deployment })];
    }
    case undefined:
      return [endpoint({ address, deployment })];
  }
}

/** The stage decides over the weight: no stale number sends a client to modern after a kill. */
function routing(stage: Stage, weightBp: number): Pick<GroupIr, 'mode' | 'modernWeightBp'> {
  switch (stage) {
    case 'draft':
      return { mode: 'legacy-only', modernWeightBp: 0 };
    case 'shadow':
    case 'killed':
      return { mode: 'mirrored', modernWeightBp: 0 };
    case 'canary':
    case 'swapped':
      return { mode: 'mirrored', modernWeightBp: weightBp };
    case 'sealed':
      return { mode: 'sealed', modernWeightBp: TOTAL_WEIGHT_BP };
  }
}

function matchIr(match: RouteMatch): MatchIr {
  return { path: matchedPath(match), methods: match.methods, safe: match.safe };
}

function matchedPath({ path }: RouteMatch): MatchIr['path'] {
  switch (path.case) {
    case 'pathExact':
      return { kind: 'exact', value: path.value };
    case 'prefix':
      return { kind: 'prefix', value: path.value };
    case 'regex':
      return { kind: 'regex', value: path.value };
    case undefined:
      throw new Error('a route match without path; the specification was not validated');
  }
}

function customerSource(customer: Customer | undefined): CustomerSource | null {
  switch (customer?.source.case) {
    case 'header':
      return { kind: 'header', name: customer.source.value.toLowerCase() };
    case 'cookie':
      return { kind: 'cookie', name: customer.source.value };
    case 'jwtClaim':
      return { kind: 'jwt-claim', name: customer.source.value };
    case undefined:
      return null;
  }
}

function protocol(declared: Protocol | undefined): UpstreamProtocol {
  switch (declared) {
    case Protocol.HTTP2:
      return 'http2';
    case Protocol.SAME_AS_CLIENT:
      return 'same-as-client';
    case Protocol.HTTP1:
    case Protocol.UNSPECIFIED:
    case undefined:
      return 'http1';
  }
}

function endpoint({ address, deployment }: ServingAt): EndpointIr {
  return { address: parseAddress(address), deployment };
}

function parseAddress(text: string): SocketAddress {
  const match = /^(?:\[(?<v6>[^\]]+)\]|(?<host>[^:]+)):(?<port>\d{1,5})$/.exec(text);
  const host = match?.groups?.v6 ?? match?.groups?.host;
  if (host === undefined) throw new Error(`"${text}" is not host:port`);
  return { host, port: Number(match?.groups?.port) };
}

function milliseconds(duration: Duration | undefined): number | undefined {
  return duration === undefined ? undefined : Math.max(1, durationMs(duration));
}
