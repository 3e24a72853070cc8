const redacted = '[redacted]';
/** Shorter values would be found in innocent words. */
const secretCharsMin = 8;
const secretName = /(KEY|SECRET|PASSWORD|TOKEN)$|^CHRONOS_REPLAY_SECRET_/;
/** None of them can match across a JSON string's end, so that what was JSON stays JSON. */
const shapes: readonly (readonly [RegExp, string])[] = [
  [/(:\/\/[^\s:@/"\\]+:)[^\s@/"\\]+@/g, `$1${redacted}@`], // the password of a URL
  [/\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi, `$1 ${redacted}`],
  [/\beyJ[\w-]+\.[\w-]+(\.[\w-]*)?/g, redacted], // a JSON Web Token
];

/** The values of an environment that are secrets by their names, as JSON writes them; longest first. */
export function secretsOf(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  return Object.entries(env)
    .flatMap(([name, value]) => (secretName.test(name) && value !== undefined ? [value] : []))
    .filter((value) => value.length >= secretCharsMin)
    .map((value) => JSON.stringify(value).slice(1, -1))
    .sort((a, b) => b.length - a.length);
}

/** A line of log without secrets: neither those named, nor what has the shape of one. */
export function redactLine(line: string, secrets: readonly string[]): string {
  let clean = line;
  for (const secret of secrets) clean = clean.replaceAll(secret, redacted);
  for (const [shape, instead] of shapes) clean = clean.replace(shape, instead);
  return clean;
}

/** Fields that are never written, whatever they hold. */
export const secretFields = ['authorization', 'cookie', 'password', 'token', 'secret', 'pin'].flatMap(
  (name) => [name, `*.${name}`, `*.*.${name}`],
);
