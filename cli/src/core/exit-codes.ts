/** What scripts learn from the exit code; `chronos --help` prints this table. */
export const exitCodes = {
  ok: 0,
  failed: 1,
  usage: 2,
  unreachable: 3,
  notFound: 4,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export const exitCodesHelp = `Exit codes:
  0    done
  1    failed or refused; what was done all the same is told
  2    wrong usage, or a migration file with problems
  3    Chronos is not reachable
  4    no such migration, group or request
  130  interrupted

Where Chronos is: --server URL, else CHRONOS_SERVER, else the \`chronos run\` of this checkout, else http://127.0.0.1:7400.
Where it asks for a token: CHRONOS_API_TOKEN.`;

/** An end that the user should read: a sentence (with what to do), and the exit code. */
export class CliError extends Error {
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'CliError';
    this.exitCode = exitCode;
  }
}
