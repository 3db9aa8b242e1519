import {
  entriesOf,
  isObject,
  type Json,
  type JsonObject,
} from '../../../formats/json/json-object.js';
import { redactText } from '../../../text/redact.js';
import type { Stops } from '../../config/read.js';
import type { ConfigFix } from '../config-edit.js';
import type { ConfigFindingCode } from '../finding-codes.js';
import type { SetValue } from '../../options/config-set.js';
import type { DaemonFlags } from '../../options/flags.js';
import type { FileKind, HostFacts } from '../host-facts.js';
import type { Need } from '../need.js';
import { keyNamed } from '../../options/keys/keys.js';
import { stringsOf } from '../../options/meaning.js';
import type { EngineVersion } from '../../options/keys/version.js';
import { UNSEEN } from '../../../text/unseen.js';

/** The file that a word of the command line stands in; `at` is its place, where it may stand there twice. */
export type SourceOf = (word: string, at?: number) => string | undefined;

/** A configuration as dockerd decodes it, with all that decides what becomes of it. */
export interface DecodedConfig {
  /** Members of the root; of a name that stands twice, what Go's decoder makes of both. What flags alone give is among them. */
  readonly config: ReadonlyMap<string, Json>;
  /** The members of `config` that no file has. */
  readonly ofFlags?: ReadonlySet<string>;
  /** What dockerd's own checks see, by name: the members of objects that it does not know too. */
  readonly set: ReadonlyMap<string, SetValue>;
  /** Of members of one name the last. */
  readonly last: ReadonlyMap<string, Json>;
  /** The members one by one, those that stand twice too. */
  readonly members: readonly (readonly [string, Json])[];
  readonly engine: EngineVersion;
  readonly flags: DaemonFlags;
  readonly sourceOf?: SourceOf | undefined;
  readonly host: HostFacts;
}

/** Ends the message of what stops `containers`. */
export const NO_CONTAINER = ': dockerd starts, but no container does';

/** What a rule found. `stops` where it is not what the code's row says. */
export interface RuleProblem {
  readonly code: ConfigFindingCode;
  /** Object names and list indices below the root; an empty path is dockerd's command line. */
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly hint: string;
  readonly stops?: Stops;
  /** Holds only where the machine lacks this, and nobody could look: it is no finding then. */
  readonly need?: Need;
  /** Where nothing is left to decide. */
  readonly fix?: ConfigFix;
  /** The file to change, where it is not daemon.json. */
  readonly elsewhere?: string | undefined;
  /** The flag that is meant, where the path is empty. */
  readonly subject?: string;
}

/** Nobody reads more of one kind, and a file of a megabyte may hold nothing else. */
export const ENOUGH = 100;

/**
 * What is found of each item, until there is enough: for checks whose problems all weigh the same, so that none which is left out would
 * change the verdict.
 */
export function problemsOf<Item>(
  items: Iterable<Item>,
  check: (item: Item, index: number) => readonly RuleProblem[],
): RuleProblem[] {
  const found: RuleProblem[] = [];
  let index = 0;
  for (const item of items) {
    if (found.length >= ENOUGH) break;
    found.push(...check(item, index));
    index += 1;
  }
  return found;
}

/** Whether one more of a kind, whose problems all weigh the same, is worth making: quoting foreign text costs more than the checks. */
export function counted(): (kind: string) => boolean {
  const counts = new Map<string, number>();
  return (kind) => {
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return count <= ENOUGH;
  };
}

/** Of what weighs the same no more than enough: for checks whose problems may be of several kinds. */
export function enoughOf(problems: readonly RuleProblem[]): readonly RuleProblem[] {
  if (problems.length <= ENOUGH) return problems;
  const isWorth = counted();
  return problems.filter(({ code, stops = '', need }) =>
    isWorth(`${code} ${stops} ${need === undefined ? '' : 'need'}`),
  );
}

export type Rule = (candidate: DecodedConfig) => readonly RuleProblem[];

/** What is at the path: null for nothing, undefined where nobody may look, or where this is another machine. */
export function kindAt(
  { host }: Pick<DecodedConfig, 'host'>,
  path: string,
): FileKind | null | undefined {
  if (host.kindOf === undefined) return EVERYWHERE.get(path);
  const kind = host.kindOf(path);
  return kind === 'hidden' ? undefined : kind;
}

/** What every Linux has (hier(7), FHS 3.0). */
const EVERYWHERE: ReadonlyMap<string, FileKind> = new Map([
  ...['/etc/passwd', '/etc/group', '/etc/hosts'].map((path) => [path, 'file'] as const),
  ...['/', '/dev', '/etc', '/proc', '/run', '/sys', '/tmp', '/usr', '/var'].map(
    (path) => [path, 'folder'] as const,
  ),
  ...['/dev/null', '/dev/zero'].map((path) => [path, 'other'] as const),
]);

/** The text that dockerd uses: of the file, else of the flag. Empty when neither says one. */
export function textOf(candidate: DecodedConfig, name: string): string {
  const value = candidate.config.get(name);
  return typeof value === 'string' && value !== ''
    ? value
    : (flagValues(candidate, name).at(-1) ?? '');
}

export function listOf(candidate: DecodedConfig, name: string): readonly string[] {
  const value = stringsOf(candidate.config.get(name));
  return value.length > 0 ? value : flagValues(candidate, name);
}

export function booleanOf(candidate: DecodedConfig, name: string, fallback: boolean): boolean {
  const value = candidate.config.get(name);
  if (typeof value === 'boolean') return value;
  const flag = flagValues(candidate, name).at(-1);
  return flag === undefined ? fallback : /^(?:1|t|true)$/i.test(flag);
}

/** An object of the file; empty when it is none. Of one with many members the names cost a fifth of what the members do. */
export function objectOf(candidate: DecodedConfig, name: string): JsonObject {
  const value = candidate.config.get(name);
  return isObject(value) ? value : {};
}

export function membersOf(
  candidate: DecodedConfig,
  name: string,
): readonly (readonly [string, Json])[] {
  return Object.entries(objectOf(candidate, name));
}

/** Without regard to case; the name of a field is plain ASCII. */
export function isSameName(member: string, field: string): boolean {
  if (member === field) return true;
  return member.length === field.length && member.toLowerCase() === field.toLowerCase();
}

/** A member of an object by name without regard to case, as Go's decoder finds the fields of a struct: the last. */
export function fieldOf(value: Json | undefined, name: string): Json | undefined {
  if (!isObject(value)) return undefined;
  let last: Json | undefined;
  for (const member in value) if (isSameName(member, name)) last = value[member];
  return last;
}

export function fieldsOf(
  value: Json | undefined,
  name: string,
): readonly (readonly [string, Json])[] {
  return entriesOf(value).filter(([member]) => isSameName(member, name));
}

export function isInFile({ config, ofFlags }: DecodedConfig, name: string): boolean {
  return config.has(name) && ofFlags?.has(name) !== true;
}

/** Of keys that are wrong together the one to name: the first in the file, else the first that a flag gives, else the last. */
export function firstGiven(
  candidate: DecodedConfig,
  names: readonly [string, ...string[]],
): string {
  return (
    names.find((name) => isInFile(candidate, name)) ??
    names.find((name) => candidate.config.has(name)) ??
    names.at(-1) ??
    names[0]
  );
}

/** Foreign text inside a message: quoted, cut, without control characters and passwords. */
export function quote(foreign: string): string {
  const text = redactText(foreign);
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 77)}…` : text).replace(
    UNSEEN,
    (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function flagValues(candidate: DecodedConfig, name: string): readonly string[] {
  const flag = keyNamed(name)?.flag ?? name;
  return candidate.flags.flags.get(flag)?.values ?? [];
}

/** dockerd takes it, and does nothing with it beside what else is set, or on this machine. */
export function noEffect(path: RuleProblem['path'], message: string, hint: string): RuleProblem {
  return { code: 'no-effect', path, message, hint };
}

/** The path of a finding as edits take it. */
export function editPath(path: readonly (string | number)[]): readonly string[] {
  return path.map(String);
}
