import { DockerctlError } from '../errors.js';
import { NOUNS, SINGLE_COMMANDS } from './catalogue.js';
import { GLOBAL_OPTIONS } from './global-options.js';
import { argumentWords, LIVE_FUNCTIONS, LIVE_NAMES } from './completion-values.js';
import { loadEveryCommand } from './load.js';

interface Completed {
  /** `mirrors set`, `status`. */
  readonly name: string;
  readonly summary: string;
  /** `--json`, `--dry-run`… */
  readonly options: readonly string[];
}

const SHELLS: Readonly<Record<string, (commands: readonly Completed[]) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

/**
 * The completion script of a shell. A press of TAB starts no program: keys and values stand in it, and the names that this
 * machine knows are read by bash itself. Throws `usage`.
 */
export async function completionScript(shell: string | undefined): Promise<string> {
  const script = SHELLS[shell ?? ''];
  if (script !== undefined) return script(await completedCommands());
  throw new DockerctlError({
    code: 'usage',
    message: `dockerctl completion knows ${Object.keys(SHELLS).join(', ')}.`,
    hint: 'dockerctl completion bash > /etc/bash_completion.d/dockerctl',
  });
}

async function completedCommands(): Promise<Completed[]> {
  return (await loadEveryCommand()).map(({ name, command }) => {
    const options = { ...(command.options as Record<string, unknown>), ...GLOBAL_OPTIONS };
    const words = Object.keys(options).map((option) => `--${option}`);
    return { name, summary: command.summary, options: words };
  });
}

function nextWords(commands: readonly Completed[]): Map<string, readonly string[]> {
  const table = new Map<string, readonly string[]>([
    ['', [...Object.keys(SINGLE_COMMANDS), ...Object.keys(NOUNS)]],
  ]);
  for (const [noun, { verbs }] of Object.entries(NOUNS)) table.set(noun, Object.keys(verbs));
  for (const { name, options } of commands) table.set(name, options);
  for (const [name, words] of argumentWords())
    table.set(name, [...words, ...(table.get(name) ?? [])]);
  return table;
}

function cases(commands: readonly Completed[], variable: string): string {
  return [...nextWords(commands)]
    .map(([name, words]) => `    '${name}') ${variable}='${words.join(' ')}' ;;`)
    .join('\n');
}

function bashScript(commands: readonly Completed[]): string {
  const live = LIVE_NAMES.map(([names, source]) => `    ${names}) live=$(${source}) ;;`).join('\n');
  return `# bash completion for dockerctl
${LIVE_FUNCTIONS}_dockerctl() {
  local name='' words='' live='' word
  # Behind a colon bash begins a new word, and names of registries have one.
  local line=\${COMP_LINE:0:\${COMP_POINT:-0}}
  local current=\${line##*[[:space:]]}
  [[ -n $line ]] || current=\${COMP_WORDS[COMP_CWORD]}
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    [[ $word == -* ]] || name="\${name:+$name }$word"
  done
  while :; do
    case "$name" in
${cases(commands, 'words')}
    esac
    [[ -n $words || $name != *' '* ]] && break
    name="\${name% *}"
  done
  case "$name" in
${live}
  esac
  local typed=''
  [[ $current != *:* || $COMP_WORDBREAKS != *:* ]] || typed=\${current%"\${current##*:}"}
  COMPREPLY=()
  while read -r word; do
    [[ $word == "$current"* && $word =~ ^[A-Za-z0-9._:/@%+~=-]+$ ]] && COMPREPLY+=("\${word#"$typed"}")
  done <<<"\${words// /$'\\n'}"$'\\n'"$live"
  [[ \${#COMPREPLY[@]} -gt 0 ]] || COMPREPLY=($(compgen -f -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o filenames -F _dockerctl dockerctl
`;
}

function zshScript(commands: readonly Completed[]): string {
  return `#compdef dockerctl
_dockerctl() {
  local name='' next='' word
  for word in \${(@)words[2,CURRENT-1]}; do
    [[ $word == -* ]] || name="\${name:+$name }$word"
  done
  while :; do
    case "$name" in
${cases(commands, 'next')}
    esac
    [[ -n $next || $name != *' '* ]] && break
    name="\${name% *}"
  done
  compadd -- \${=next} || _files
}
compdef _dockerctl dockerctl
`;
}

function fishScript(commands: readonly Completed[]): string {
  const quoted = (text: string) => `'${text.replaceAll(/['\\]/g, (c) => `\\${c}`)}'`;
  const nouns = Object.entries(NOUNS).map(
    ([noun, { summary, verbs }]) =>
      `complete -c dockerctl -f -n __fish_use_subcommand -a ${noun} -d ${quoted(summary)}\n` +
      Object.keys(verbs)
        .map((verb) => {
          const row = commands.find(({ name }) => name === `${noun} ${verb}`);
          const before = `'__fish_seen_subcommand_from ${noun}; and not __fish_seen_subcommand_from ${Object.keys(verbs).join(' ')}'`;
          return `complete -c dockerctl -f -n ${before} -a ${verb} -d ${quoted(row?.summary ?? '')}`;
        })
        .join('\n'),
  );
  const singles = Object.entries(SINGLE_COMMANDS).map(
    ([name, { summary }]) =>
      `complete -c dockerctl -f -n __fish_use_subcommand -a ${name} -d ${quoted(summary)}`,
  );
  const options = Object.entries(GLOBAL_OPTIONS).map(
    ([name, { describe }]) => `complete -c dockerctl -l ${name} -d ${quoted(describe)}`,
  );
  return `# fish completion for dockerctl\n${[...singles, ...nouns, ...options].join('\n')}\n`;
}
