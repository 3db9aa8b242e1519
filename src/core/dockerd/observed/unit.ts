import { parseEnvironmentFile } from './environment-file.js';

/** A word of a unit's command line and the file that it comes from. */
export interface SourcedWord {
  readonly word: string;
  readonly source: string;
}

/** What `systemctl cat` says about how a service is started. */
export interface UnitCommand {
  /** The command of ExecStart, variables expanded. */
  readonly words: readonly SourcedWord[];
  /** Files that EnvironmentFile names, each once, in the order in which they count. */
  readonly environmentFiles: readonly string[];
  /** ExecStart as it is written; null when there is none. */
  readonly start: UnitSetting | null;
  /** What Environment and EnvironmentFile set. */
  readonly variables: Variables;
  /** What UnsetEnvironment takes away, whoever set it. */
  readonly unset: readonly string[];
}

export interface UnitSetting {
  readonly name: string;
  readonly value: string;
  readonly source: string;
}

export type Variables = ReadonlyMap<string, { readonly value: string; readonly source: string }>;

/**
 * Reads the answer of `systemctl cat UNIT` (each file below a `# /path` line, drop-ins after the unit, as systemd merges
 * them: systemd.service(5) ExecStart=, systemd.exec(5) Environment=). `readFile` gives an EnvironmentFile's text, or null.
 */
export function parseUnitCommand(
  cat: string,
  readFile: (path: string) => string | null,
): UnitCommand {
  const settings = unitSettings(cat);
  const named = effective(settings, 'EnvironmentFile').map(({ value }) => value.replace(/^-/, ''));
  const environmentFiles = lastOfEach(named);
  const variables = new Map(
    effective(settings, 'Environment').flatMap(({ value, source }) =>
      splitWords(value).map((word) => variable(word, source)),
    ),
  );
  for (const path of environmentFiles)
    for (const [name, value] of parseEnvironmentFile(readFile(path) ?? ''))
      variables.set(name, { value, source: path });
  const unset = effective(settings, 'UnsetEnvironment').flatMap(({ value }) => splitWords(value));
  for (const word of unset)
    if (
      !word.includes('=') ||
      word === `${nameIn(word)}=${variables.get(nameIn(word))?.value ?? ''}`
    )
      variables.delete(nameIn(word));
  const start = effective(settings, 'ExecStart').at(-1);
  const words = start === undefined ? [] : expand(start, variables);
  return { words, environmentFiles, start: start ?? null, variables, unset };
}

/** dockerd's part of a command line: what goes before it, or keeps it to itself as snap does, has no flags of dockerd. */
export function dockerdWords(words: readonly SourcedWord[]): readonly SourcedWord[] {
  const at = words.findIndex(({ word }) => /(?:^|\/)dockerd(?:-rootless\.sh)?$/.test(word));
  return at < 0 ? [] : words.slice(at);
}

/** Every setting of a unit's files, in the order in which systemd reads them. */
export function unitSettings(cat: string): UnitSetting[] {
  const settings: UnitSetting[] = [];
  let source = '';
  for (const line of cat.replace(/\\\r?\n\s*/g, ' ').split(/\r?\n/)) {
    const header = /^# (\/\S+)$/.exec(line);
    if (header?.[1] !== undefined) source = header[1];
    const [, name, value = ''] = /^(\w+)\s*=(.*)$/s.exec(line) ?? [];
    if (name !== undefined) settings.push({ name, value: value.trim(), source });
  }
  return settings;
}

/** The settings of one name that count: an empty one clears those before it. */
export function effective(settings: readonly UnitSetting[], name: string): UnitSetting[] {
  const named = settings.filter((setting) => setting.name === name);
  return named.slice(named.findLastIndex(({ value }) => value === '') + 1);
}

/** What is named again counts where it is named last. */
function lastOfEach(names: readonly string[]): string[] {
  return [...new Set(names.toReversed())].reverse();
}

function nameIn(word: string): string {
  return word.split('=')[0] ?? word;
}

function variable(word: string, source: string) {
  const equals = word.indexOf('=');
  return [word.slice(0, equals), { value: word.slice(equals + 1), source }] as const;
}

/** MAX_ARG_STRLEN of Linux, and far above any command line of dockerd: a long variable in many places multiplies. */
const MOST_EXPANDED = 131_072;

/** `$NAME` as a word of its own is split at blanks, `${NAME}` is not (systemd.service(5), "Command lines"). */
function expand({ value, source }: UnitSetting, variables: Variables): SourcedWord[] {
  let room = MOST_EXPANDED;
  const valueOf = (name: string): string => {
    const text = (variables.get(name)?.value ?? '').slice(0, room);
    room -= text.length;
    return text;
  };
  return splitWords(value.replace(/^[-@:+!]+/, '')).flatMap((word) => {
    const alone = /^\$([A-Za-z_]\w*)$/.exec(word)?.[1];
    if (alone !== undefined) {
      const from = variables.get(alone)?.source ?? source;
      return splitWords(valueOf(alone)).map((part) => ({ word: part, source: from }));
    }
    let from = source;
    const text = word.replace(/\$\{([A-Za-z_]\w*)\}/g, (_, name: string) => {
      from = variables.get(name)?.source ?? from;
      return valueOf(name);
    });
    return [{ word: text.replaceAll('%%', '%').replaceAll('$$', '$'), source: from }];
  });
}

/** Words as systemd splits them: blanks separate, quotes group, a backslash takes the next character as it is. */
export function splitWords(text: string): string[] {
  const pattern = /(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\\.|[^\s"'\\])+/g;
  return (text.match(pattern) ?? []).map((word) =>
    word.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\\./g, (part) => unescape(unquote(part))),
  );
}

function unquote(part: string): string {
  return part.startsWith('\\') ? part : part.slice(1, -1);
}

function unescape(part: string): string {
  return part.replace(/\\(.)/g, '$1');
}
