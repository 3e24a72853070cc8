const factsMax = 200;

/** Leaves of the evidence as `segments.vip.compared`: `120`; what is no JSON is shown as it stands. */
export function factsOf(evidenceJson: string): (readonly [name: string, value: string])[] {
  if (evidenceJson === '') return [];
  let evidence: unknown;
  try {
    evidence = JSON.parse(evidenceJson);
  } catch {
    return [['evidence', evidenceJson]];
  }
  return [...leaves('', evidence)].slice(0, factsMax);
}

function* leaves(name: string, value: unknown): Generator<readonly [string, string]> {
  if (typeof value !== 'object' || value === null) {
    yield [name === '' ? 'evidence' : name, String(value)];
    return;
  }
  const members = Object.entries(value);
  const flat = Array.isArray(value) && value.every((item) => typeof item !== 'object' || item === null);
  if (members.length === 0 || flat) {
    yield [
      name === '' ? 'evidence' : name,
      members.length === 0 ? 'none' : members.map(([, item]) => String(item)).join(', '),
    ];
    return;
  }
  for (const [key, member] of members) yield* leaves(name === '' ? key : `${name}.${key}`, member);
}
