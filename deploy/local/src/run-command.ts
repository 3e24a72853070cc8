import { execFile } from 'node:child_process';
import { LocalError } from './errors.ts';

export interface CommandOptions {
  cwd?: string;
  env?: Record<string, string>;
  uid?: number | undefined;
  gid?: number | undefined;
  timeoutMs?: number;
  /** Written to the command's standard input. */
  input?: string;
}

/** Runs a command to its end and returns its standard output; a failure carries the command and the last lines it wrote. */
export function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  const { cwd, env, uid, gid, timeoutMs = 10 * 60_000, input } = options;
  return new Promise((resolve, reject) => {
    const child = execFile(
      command,
      [...args],
      { cwd, env: { ...process.env, ...env }, uid, gid, timeout: timeoutMs, maxBuffer: 32e6 },
      (error, stdout, stderr) => {
        if (error === null) {
          resolve(stdout);
          return;
        }
        const tail = `${stdout}\n${stderr}`.trim().split('\n').slice(-15).join('\n  ');
        reject(
          new LocalError(
            `${command} ${args.join(' ')} failed: ${error.message.split('\n')[0]}\n  ${tail}`,
            '',
            { cause: error },
          ),
        );
      },
    );
    // A command that ends before it read its input closes the pipe; its exit code says what happened.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input ?? '');
  });
}
