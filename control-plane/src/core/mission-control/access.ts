/** What somebody may do: viewers see everything and change nothing. */
export type Role = 'viewer' | 'operator';

/** Who calls. */
export interface Caller {
  /** Journalled as the actor. */
  readonly name: string;
  readonly role: Role;
}

/** A line of the tokens file. */
export interface TokenRecord extends Caller {
  /** SHA-256 of the token, hexadecimal in lower case. */
  readonly sha256: string;
}

const line = /^(?<name>[\w.@-]{1,64}):(?<role>viewer|operator):(?<sha256>[0-9a-f]{64})$/;
const accepted = 'name:viewer|operator:SHA-256 of the token in hexadecimal (printf %s TOKEN | sha256sum)';

/** Reads a tokens file: a token a line; empty lines and those that begin with # say nothing. All that is wrong is said at once. */
export function parseTokens(
  text: string,
): { readonly tokens: readonly TokenRecord[] } | { readonly problems: readonly string[] } {
  const tokens: TokenRecord[] = [];
  const problems: string[] = [];
  for (const [index, raw] of text.split('\n').entries()) {
    const content = raw.trim();
    if (content === '' || content.startsWith('#')) continue;
    const { name, role, sha256 } = line.exec(content)?.groups ?? {};
    // The line may hold a token by mistake: it is not repeated.
    if (name === undefined || sha256 === undefined) {
      problems.push(`line ${index + 1} is not accepted; accepted: ${accepted}`);
    } else if (tokens.some((token) => token.sha256 === sha256)) {
      problems.push(`line ${index + 1} has the token of a line before`);
    } else {
      tokens.push({ name, role: role === 'operator' ? 'operator' : 'viewer', sha256 });
    }
  }
  if (tokens.length === 0 && problems.length === 0)
    problems.push(`there is no token in it; accepted: ${accepted}`);
  return problems.length > 0 ? { problems } : { tokens };
}

/** Services that monitoring asks, and what the page needs before anybody is logged in. */
const open: readonly string[] = [
  'grpc.health.v1.Health/*',
  'chronos.v1.MissionControlService/GetSession',
  'chronos.v1.MissionControlService/LogIn',
  'chronos.v1.MissionControlService/LogOut',
];
/** What changes nothing. A new method is for operators until its name says otherwise. */
const reading = /^chronos\.v1\.\w+\/(Get|List|Watch|Preview)\w*$|^grpc\.reflection\./;

/** The role that a method needs; undefined: none. `method` is `package.Service/Method`. */
export function roleNeeded(method: string): Role | undefined {
  const service = method.slice(0, method.indexOf('/'));
  if (open.includes(method) || open.includes(`${service}/*`)) return undefined;
  return reading.test(method) ? 'viewer' : 'operator';
}

export function hasRole(caller: Caller, needed: Role): boolean {
  return caller.role === 'operator' || needed === 'viewer';
}

/** Whether the address that a client asked for can be meant for this machine alone: where no token is asked for, a page that has its name point here must find nothing. */
export function isLoopbackHost(host: string): boolean {
  const name = host.replace(/:\d{1,5}$/, '').toLowerCase();
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    name === '[::1]' ||
    /^127(\.\d{1,3}){3}$/.test(name)
  );
}

/** Whether a browser's request comes from the page that this server gave it; requests of other clients have no origin. */
export function isOwnOrigin(origin: string | undefined, host: string): boolean {
  if (origin === undefined) return true;
  return origin === `http://${host}` || origin === `https://${host}`;
}
