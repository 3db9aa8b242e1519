import { DockerctlError } from '../../../errors.js';
import { printable } from '../../text/printable.js';
import { redactAt, redactText } from '../../text/redact.js';
import type { Document } from '../../formats/json/document.js';
import { get, set } from '../../formats/json/json-edit.js';
import { isObject, type Json } from '../../formats/json/json-object.js';
import type { SourcedWord } from '../observed/unit.js';
import { flagConfig } from '../options/flag-config.js';
import { keyOfFlag, PROXY_FLAGS } from '../options/flag-table.js';
import { type DaemonFlag, parseFlags } from '../options/flags.js';
import { isBlank, sameMeaning } from '../options/meaning.js';
import { keyNamed } from '../options/keys/keys.js';
import type { EngineVersion } from '../options/keys/version.js';

/** The flags that leave the unit, and what becomes of file and command line. */
export interface FlagImport {
  /** Keys of daemon.json that take their place; `proxies` for its three flags. */
  readonly keys: readonly string[];
  readonly document: Document;
  /** dockerd's command line without them. */
  readonly words: readonly SourcedWord[];
  /** The files that the command line comes from. */
  readonly sources: readonly string[];
  /** The text of a drop-in that makes it so. */
  readonly dropIn: string;
}

/** Sockets are systemd's to hand over, and these are looked for by others on the command line. */
const OF_THE_UNIT: readonly string[] = ['host', 'containerd', 'config-file', 'pidfile', 'validate'];

export interface Wanted {
  /** The command line as systemd would run it, from the program on. */
  readonly words: readonly SourcedWord[];
  readonly engine: EngineVersion;
  /** Only the flags of these keys; null: all that can go. */
  readonly keys: readonly string[] | null;
}

/** The keys that flags give, and that could stand in the file. */
export function importableKeys(words: readonly SourcedWord[], engine: EngineVersion): string[] {
  const { flags } = parseFlags(words.map(({ word }) => word));
  return [...new Set([...flags.values()].flatMap((flag) => keyOf(flag, engine) ?? []))];
}

/**
 * Moves flags into the file: one place for every setting, which commands can change and a reload re-read. null where there is none to
 * move. Throws `invalid-config` where file and flag say different things, or a word holds another flag besides.
 */
export function importFlags(
  document: Document,
  { words, engine, keys }: Wanted,
): FlagImport | null {
  const argv = words.map(({ word }) => word);
  const parsed = parseFlags(argv);
  const moved = [...parsed.flags.values()].filter((flag) => {
    const key = keyOf(flag, engine);
    return key !== null && (keys === null || keys.includes(key));
  });
  if (moved.length === 0) return null;
  const { config } = flagConfig(parsed, engine);
  const names = [...new Set(moved.flatMap((flag) => keyOf(flag, engine) ?? []))];
  const values = names.map((name): [string, Json] => [
    name,
    name === 'proxies' ? proxiesOf(moved) : (config.get(name) ?? null),
  ]);
  const rest = wordsWithout(words, moved, [...parsed.flags.values()]);
  return {
    keys: names,
    document: values.reduce((text, [name, value]) => joined(text, name, value), document),
    words: rest,
    sources: [...new Set(words.map(({ source }) => source))].filter((path) => path.startsWith('/')),
    dropIn: dropInText(
      rest.map(({ word }) => word),
      names,
    ),
  };
}

function keyOf({ name }: DaemonFlag, engine: EngineVersion): string | null {
  if (PROXY_FLAGS.includes(name)) return 'proxies';
  if (OF_THE_UNIT.includes(name)) return null;
  return keyOfFlag(name, engine)?.name ?? null;
}

function proxiesOf(moved: readonly DaemonFlag[]): Json {
  return Object.fromEntries(
    moved
      .filter(({ name }) => PROXY_FLAGS.includes(name))
      .map(({ name, values }) => [name, values.at(-1) ?? '']),
  );
}

/** A list that the file has too grows by what it lacks; members of objects that it has stay. */
function joined(document: Document, name: string, value: Json): Document {
  const own = get(document, [name]);
  if (own === undefined || isBlank(keyNamed(name), own)) return set(document, [name], value);
  if (sameMeaning(name, own, value)) return document;
  if (Array.isArray(own) && Array.isArray(value)) {
    const items: readonly Json[] = own;
    const known = new Set(items.map((item) => JSON.stringify(item)));
    const more = (value as readonly Json[]).filter((item) => !known.has(JSON.stringify(item)));
    return set(document, [name], [...items, ...more]);
  }
  if (isObject(own) && isObject(value)) return set(document, [name], { ...value, ...own });
  throw new DockerctlError({
    code: 'invalid-config',
    message: `daemon.json says ${name} ${printable(JSON.stringify(redactAt([name], own)))}, and a flag of dockerd says ${printable(JSON.stringify(redactAt([name], value)))}: dockerd does not start with both.`,
    hint: `dockerctl config unset ${name} --activate never`,
  });
}

function wordsWithout(
  words: readonly SourcedWord[],
  moved: readonly DaemonFlag[],
  all: readonly DaemonFlag[],
): SourcedWord[] {
  const gone = new Set<number>();
  const staying = new Set(
    all.filter((flag) => !moved.includes(flag)).flatMap(({ uses }) => uses.map(({ at }) => at)),
  );
  for (const { uses } of moved)
    for (const { at, word, text } of uses) {
      if (staying.has(at))
        throw new DockerctlError({
          code: 'invalid-config',
          message: `"${printable(redactText(word))}" on dockerd's command line is several flags in one word.`,
          hint: 'write them apart, with `systemctl edit --full docker.service`',
        });
      gone.add(at);
      if (text !== word) gone.add(at + 1);
    }
  return words.filter((_, at) => !gone.has(at));
}

function dropInText(words: readonly string[], keys: readonly string[]): string {
  return `# Written by dockerctl: ${keys.join(', ')} moved from flags into daemon.json.
# ExecStart= is the command line of before without them; remove this file to have that again.
[Service]
ExecStart=
ExecStart=${words.map(quoted).join(' ')}
`;
}

/** systemd.service(5), "Command lines": quotes group, and $ and % are doubled. */
function quoted(word: string): string {
  const text = word.replaceAll('%', '%%').replaceAll('$', () => '$$');
  return /^[\w%$@+=:,./[\]-]+$/.test(text)
    ? text
    : `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
