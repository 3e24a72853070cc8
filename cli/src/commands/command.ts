import { type DescMessage, type MessageShape, toJson } from '@bufbuild/protobuf';
import type { Command } from 'commander';
import { type Palette, palette } from '../core/text/palette.ts';
import type { Io } from '../io.ts';
import { type Api, asCliError, openApi } from './api.ts';

/** What every command that speaks to the API gets. */
export interface CommandContext {
  readonly io: Io;
  readonly api: Api;
  readonly json: boolean;
  readonly colors: Palette;
  /** Prints lines for people, or the message as JSON with --json. */
  print<Desc extends DescMessage>(
    schema: Desc,
    message: MessageShape<Desc>,
    lines: (colors: Palette) => readonly string[],
  ): void;
}

export type GlobalOptions = { readonly server?: string; readonly json?: boolean };

/** Adds the options that all API commands share and turns whatever goes wrong into a CliError. */
export function apiAction<Args extends readonly unknown[]>(
  command: Command,
  io: Io,
  run: (context: CommandContext, ...args: Args) => Promise<void>,
): Command {
  return command
    .option('--json', 'print JSON: the API message as it is')
    .option('--server <url>', 'where Chronos is')
    .action(async (...args: unknown[]) => {
      const options: GlobalOptions = command.opts();
      let server: string | undefined;
      try {
        const api = await openApi(io, options.server);
        server = api.server;
        // Commander appends the options and the command to the arguments; ours are what the command declared.
        const own = args.slice(0, command.registeredArguments.length) as unknown as Args;
        await run(contextOf(io, api, options.json === true), ...own);
      } catch (error) {
        throw asCliError(error, server);
      }
    });
}

function contextOf(io: Io, api: Api, json: boolean): CommandContext {
  const colors = palette(io.color);
  return {
    io,
    api,
    json,
    colors,
    print: (schema, message, lines) => {
      if (json) io.out(`${JSON.stringify(toJson(schema, message), undefined, 2)}\n`);
      else
        io.out(
          lines(colors)
            .map((line) => `${line}\n`)
            .join(''),
        );
    },
  };
}

/** One JSON message a line, for streams. */
export function jsonLine<Desc extends DescMessage>(schema: Desc, message: MessageShape<Desc>): string {
  return `${JSON.stringify(toJson(schema, message))}\n`;
}
