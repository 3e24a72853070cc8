import { type Child, launch } from './child.ts';
import { type Part, partDefaults } from './part.ts';
import { waitUntilReady } from './readiness.ts';

/** A part that runs alone, without a supervisor. */
export interface StartedPart {
  process: Child;
  stop(): Promise<void>;
}

/** Prepares and starts one part and waits until it is ready; a part that does not get ready is ended before this throws. */
export async function startPart(part: Part, logPath: string): Promise<StartedPart> {
  await part.prepare?.();
  const child = await launch(part, logPath);
  // Should this process end without stop(), its part ends with it.
  const killOnExit = () => child.signal('SIGKILL');
  process.once('exit', killOnExit);
  const stop = async () => {
    await child.stop(
      part.stopSignal ?? partDefaults.stopSignal,
      part.stopWithinMs ?? partDefaults.stopWithinMs,
    );
    process.off('exit', killOnExit);
  };
  try {
    await waitUntilReady(part, child, logPath);
  } catch (error) {
    await stop();
    throw error;
  }
  return { process: child, stop };
}
