import {
  type DataPlane,
  type GroupIr,
  type MatchIr,
  type MigrationIr,
  type SocketAddress,
  type TcpGroupIr,
  TOTAL_WEIGHT_BP,
} from './ir.ts';

/** Names become parts of cluster names and runtime keys, where a dot separates. */
const namePattern = /^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$/;
const tokenPattern = /^[A-Za-z0-9_-]{1,64}$/;
const claimPattern = /^[A-Za-z0-9_]{1,64}$/;
const probeSecretLengthMin = 16;

/** Everything that is wrong with a data plane, each with its place; empty when Envoy may have it. */
export function validateIr(ir: DataPlane): string[] {
  return [
    ...addressProblems('capture', ir.capture),
    ...(ir.identifiers === undefined ? [] : addressProblems('identifiers', ir.identifiers)),
    ...(ir.identifiers === undefined ? ir.migrations.flatMap(nobodyTranslates) : []),
    ...(ir.otlp === null ? [] : addressProblems('otlp', ir.otlp)),
    ...duplicates(ir.migrations.map((migration) => migration.name)).map(
      (name) => `migration "${name}" is there twice`,
    ),
    ...duplicates(
      ir.migrations.flatMap(({ listen, tcp }) => [listen, ...tcp.map((g) => g.listen)]).map(addressText),
    ).map((address) => `two migrations listen at ${address}, or one twice`),
    ...ir.migrations.flatMap(migrationProblems),
  ];
}

function nobodyTranslates({ name, identifiers }: MigrationIr): string[] {
  if (identifiers === undefined) return [];
  return [
    `migration "${name}" declares identifiers, but nobody translates them: give the control plane IDENTIFIERS_ADDRESS, where services/identifiers is`,
  ];
}

function migrationProblems(migration: MigrationIr): string[] {
  const at = `migration "${migration.name}"`;
  const problems = [
    ...addressProblems(`${at}: listen`, migration.listen),
    ...duplicates([...migration.groups, ...migration.tcp].map((group) => group.name)).map(
      (name) => `${at}: group "${name}" is there twice`,
    ),
    ...migration.groups.flatMap((group) => groupProblems(`${at}: group "${group.name}"`, group)),
    ...migration.tcp.flatMap((group) => tcpGroupProblems(`${at}: group "${group.name}"`, group)),
  ];
  const fail = (wrong: boolean, problem: string) => wrong && problems.push(`${at}: ${problem}`);
  fail(!namePattern.test(migration.name), 'the name must be lower-case letters, digits and dashes');
  fail(migration.groups.length + migration.tcp.length === 0, 'at least one group is needed');
  fail(
    !(migration.traceSampling >= 0 && migration.traceSampling <= 1),
    'traceSampling must be between 0 and 1',
  );
  fail(
    migration.probeSecret.length < probeSecretLengthMin,
    `the probe secret must have at least ${probeSecretLengthMin} characters`,
  );
  fail(!isDuration(migration.copyDeadlineMs), 'copyDeadlineMs must be a positive whole number');
  const { customer } = migration;
  if (customer !== null) {
    const pattern = customer.kind === 'jwt-claim' ? claimPattern : tokenPattern;
    fail(
      !pattern.test(customer.name),
      `"${customer.name}" cannot be a ${customer.kind} that names the customer`,
    );
  }
  problems.push(...endpointProblems(at, migration));
  if (migration.second !== undefined) {
    problems.push(...addressProblems(`${at}: second run`, migration.second.address));
    const isOwn = addressText(migration.second.address) === addressText(migration.listen);
    fail(isOwn, "the second run is the proxy's own listener");
  }
  return problems;
}

/** Of both universes behind a listener. */
function endpointProblems(
  at: string,
  behind: Pick<MigrationIr, 'listen'> & Pick<TcpGroupIr, 'legacy' | 'modern'>,
): string[] {
  return (['legacy', 'modern'] as const).flatMap((universe) =>
    behind[universe].endpoints.flatMap(({ address, deployment }) => {
      const endpoint = `${at}: ${universe} endpoint`;
      const problems = addressProblems(endpoint, address);
      if (deployment === '') problems.push(`${endpoint} ${addressText(address)} names no deployment`);
      if (addressText(address) === addressText(behind.listen))
        problems.push(`${endpoint} ${addressText(address)} is the proxy's own listener`);
      return problems;
    }),
  );
}

function groupProblems(at: string, group: GroupIr): string[] {
  const problems = group.matches.flatMap((match) => matchProblems(at, match));
  const fail = (wrong: boolean, problem: string) => wrong && problems.push(`${at}: ${problem}`);
  fail(group.matches.length === 0, 'at least one match is needed');
  fail(!isDuration(group.timeoutMs), 'timeoutMs must be a positive whole number');
  fail(!isDuration(group.perTryTimeoutMs), 'perTryTimeoutMs must be a positive whole number');
  return [...problems, ...standingProblems(at, group)];
}

function tcpGroupProblems(at: string, group: TcpGroupIr): string[] {
  return [
    ...addressProblems(`${at}: listen`, group.listen),
    ...(isDuration(group.idleTimeoutMs) ? [] : [`${at}: idleTimeoutMs must be a positive whole number`]),
    ...endpointProblems(at, group),
    ...standingProblems(at, group),
  ];
}

/** What every group has: its name, and how far it has come. */
function standingProblems(
  at: string,
  { name, mode, modernWeightBp: weight }: Pick<GroupIr, 'name' | 'mode' | 'modernWeightBp'>,
): string[] {
  const problems: string[] = [];
  const fail = (wrong: boolean, problem: string) => wrong && problems.push(`${at}: ${problem}`);
  fail(!namePattern.test(name), 'the name must be lower-case letters, digits and dashes');
  fail(
    !Number.isInteger(weight) || weight < 0 || weight > TOTAL_WEIGHT_BP,
    `modernWeightBp must be a whole number between 0 and ${TOTAL_WEIGHT_BP}, not ${weight}`,
  );
  fail(mode === 'legacy-only' && weight !== 0, `modern cannot have a share of ${weight} in mode legacy-only`);
  fail(
    mode === 'sealed' && weight !== TOTAL_WEIGHT_BP,
    `modern must have all of a sealed group, not ${weight}`,
  );
  return problems;
}

function matchProblems(at: string, { path, methods }: MatchIr): string[] {
  const problems: string[] = [];
  const fail = (wrong: boolean, problem: string) => wrong && problems.push(`${at}: ${problem}`);
  fail(path.kind !== 'regex' && !path.value.startsWith('/'), `path "${path.value}" must begin with a slash`);
  fail(
    path.kind !== 'regex' && /[?#]/.test(path.value),
    `path "${path.value}" cannot hold a query or a fragment`,
  );
  fail(path.kind === 'regex' && path.value === '', 'the regular expression is empty');
  for (const method of methods) fail(!/^[A-Z]{1,20}$/.test(method), `"${method}" is no method`);
  return problems;
}

function addressProblems(at: string, { host, port }: SocketAddress): string[] {
  const problems: string[] = [];
  if (host === '' || /[\s/]/.test(host)) problems.push(`${at}: "${host}" is no host`);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) problems.push(`${at}: ${port} is no port`);
  return problems;
}

function addressText({ host, port }: SocketAddress): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

function isDuration(ms: number): boolean {
  return Number.isInteger(ms) && ms > 0;
}

function duplicates(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}
