/** A migration of the test universes whose ladder a few hundred requests climb. */
export function serviceMigration(options: {
  ladder: string;
  policy?: string;
  modernEnv?: string;
  perTryTimeout?: string;
  joinDeadline?: string;
}): string {
  return `
name: things
listen: "@LISTEN@"
customer: { header: x-customer }
legacy:
  builds:
    - { name: old, command: [node, "@ROOT@/test/universes/service.mjs"] }
modern:
  builds:
    - { name: new, command: [node, "@ROOT@/test/universes/service.mjs"]${options.modernEnv ? `, env: ${options.modernEnv}` : ''} }
    - { name: newer, command: [node, "@ROOT@/test/universes/service.mjs"] }
routes:
  - name: things
    match: [{ prefix: / }]
    per_try_timeout: ${options.perTryTimeout ?? '0.5s'}
policy:
  auto_start: true
  join_deadline: ${options.joinDeadline ?? '3s'}
  ladder: ${options.ladder}
${options.policy ?? ''}
`;
}

/** Tells a build of the test universe, at its own address, how to behave. */
export async function behave(address: string, mode: string): Promise<void> {
  const response = await fetch(`http://${address}/__mode?is=${mode}`);
  if (!response.ok) throw new Error(`${address} answered ${response.status} when told to be ${mode}`);
}
