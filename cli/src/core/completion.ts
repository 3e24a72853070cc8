/** Completion scripts: subcommands, then each one's options and fixed words; files after --file, --migration, --report and --state. */

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

export type Completed = {
  readonly name: string;
  readonly description: string;
  readonly words: readonly string[];
};

export function completionScript(shell: Shell, commands: readonly Completed[]): string {
  switch (shell) {
    case 'bash':
      return bash(commands);
    case 'zsh':
      return `#compdef chronos\nautoload -U +X bashcompinit && bashcompinit\n${bash(commands)}`;
    case 'fish':
      return fish(commands);
  }
}

const fileOptions = ['-f', '--file', '--migration', '--report', '--state'];

function bash(commands: readonly Completed[]): string {
  const cases = commands.map((command) => `    ${command.name}) words="${command.words.join(' ')}" ;;`);
  return `_chronos() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" words=""
  case "$previous" in
    ${fileOptions.join('|')}) COMPREPLY=($(compgen -f -- "$current")); return ;;
  esac
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
  if [ "$COMP_CWORD" -eq 1 ]; then words="${commands.map((command) => command.name).join(' ')} --help --version"; fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -F _chronos chronos
`;
}

function fish(commands: readonly Completed[]): string {
  const quote = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const lines = commands.flatMap((command) => [
    `complete -c chronos -n __fish_use_subcommand -f -a ${command.name} -d ${quote(command.description)}`,
    ...command.words.map((word) => {
      const inside = `complete -c chronos -n '__fish_seen_subcommand_from ${command.name}'`;
      if (!word.startsWith('--')) return `${inside} -f -a ${word}`;
      return `${inside} -l ${word.slice(2)}${fileOptions.includes(word) ? ' -r -F' : ''}`;
    }),
  ]);
  return `${lines.join('\n')}\n`;
}
