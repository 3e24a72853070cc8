import { loopback } from './part-names.ts';

interface Capture {
  readonly state: string;
  readonly problems: readonly { readonly message: string }[];
}

/** Whether the changes of both databases are read; else why not, as far as is known. */
export async function capturesStream(port: number): Promise<true | string> {
  try {
    const response = await fetch(`http://${loopback(port)}/captures`, { signal: AbortSignal.timeout(1_000) });
    const captures = (await response.json()) as readonly Capture[];
    if (captures.length === 2 && captures.every(({ state }) => state === 'streaming')) return true;
    return captures.flatMap(({ problems }) => problems.map(({ message }) => message)).join('; ');
  } catch {
    return 'the entanglement does not answer';
  }
}
