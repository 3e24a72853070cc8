/** Which file has which command. Only the one that is called is loaded: a kill must not wait until the code of all others has been read. */
import type { Command } from 'commander';
import type { Io } from './io.ts';

export type AddCommands = (program: Command, io: Io) => void;

export interface CommandFile {
  /** Of the commands that it adds, in their order. */
  readonly names: readonly string[];
  load(): Promise<AddCommands>;
}

/** In the order of `chronos --help`. `completion` is none of them: it tells of all commands. */
export const commandFiles: readonly CommandFile[] = [
  { names: ['run'], load: async () => (await import('./run/run-command.ts')).addRunCommand },
  {
    names: ['apply', 'start', 'pause', 'resume', 'weight', 'kill', 'seal'],
    load: async () => (await import('./commands/migration-commands.ts')).addMigrationCommands,
  },
  {
    names: ['status', 'watch', 'verdicts', 'explain', 'proxies', 'decisions'],
    load: async () => (await import('./commands/view-commands.ts')).addViewCommands,
  },
  {
    names: ['mismatches'],
    load: async () => (await import('./commands/mismatches-command.ts')).addMismatchesCommand,
  },
  {
    names: ['questions', 'answer', 'rules'],
    load: async () => (await import('./commands/judgement-commands.ts')).addJudgementCommands,
  },
  { names: ['deploy'], load: async () => (await import('./commands/deploy-command.ts')).addDeployCommand },
  {
    names: ['entangle'],
    load: async () => (await import('./commands/entangle-command.ts')).addEntangleCommand,
  },
  { names: ['verify'], load: async () => (await import('./commands/verify-command.ts')).addVerifyCommand },
  { names: ['copy'], load: async () => (await import('./commands/verify-command.ts')).addCopyCommand },
  { names: ['repairs'], load: async () => (await import('./commands/repairs-command.ts')).addRepairsCommand },
  {
    names: ['identifiers'],
    load: async () => (await import('./commands/identifiers-command.ts')).addIdentifiersCommand,
  },
  { names: ['capsule'], load: async () => (await import('./commands/capsule-command.ts')).addCapsuleCommand },
  { names: ['score'], load: async () => (await import('./commands/score-command.ts')).addScoreCommand },
  { names: ['judge'], load: async () => (await import('./commands/judge-command.ts')).addJudgeCommand },
  { names: ['schema'], load: async () => (await import('./commands/schema-command.ts')).addSchemaCommand },
  { names: [], load: async () => (await import('./commands/completion-command.ts')).addCompletionCommand },
];
