import { isDeepStrictEqual } from 'node:util';
import { parse, stringify, type TomlTable, type TomlValue } from 'smol-toml';
import { DockerctlError, messageOf } from '../../../errors.js';
import { shellWord } from '../../text/shell-word.js';
import { startOfComments, statementsOf, type TomlStatement } from './toml-statements.js';

/** A TOML file: its name for messages, and its text. */
export interface TomlFile {
  readonly path: string;
  readonly text: string;
}

/** What a key shall be; the comment is written only where the key is new. */
export interface TomlSetting {
  readonly value: TomlValue;
  readonly comment?: string;
}

/** Far above any such file: what walks through the tables calls itself for every level. */
const DEEPEST = 100;

/** Characters. Of containerd, whose own is 10 kB: a megabyte of tables takes seconds for every look at it. */
export const LONGEST_TOML = 512 * 1024;

/** Throws `invalid-config` where the text is no TOML, or longer than any such file, or tables in tables without end. */
export function readToml({ path, text }: TomlFile): TomlTable {
  if (text.length > LONGEST_TOML)
    throw unreadable(path, `it is longer than ${LONGEST_TOML / 1024} KiB`);
  const table = parsed({ path, text });
  if (isDeeperThan(DEEPEST, table)) throw unreadable(path, 'it nests too deeply');
  return table;
}

function parsed({ path, text }: TomlFile): TomlTable {
  try {
    return parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    const [first = ''] = messageOf(error).split('\n');
    throw unreadable(path, first, error);
  }
}

function unreadable(path: string, why: string, cause?: unknown): DockerctlError {
  return new DockerctlError({
    code: 'invalid-config',
    message: `${path} cannot be read: ${why}`,
    hint: `look at it with \`head -c 300 ${shellWord(path)}\`, and fix it by hand`,
    cause,
  });
}

/** Level by level. */
function isDeeperThan(levels: number, table: TomlTable): boolean {
  let level: TomlValue[] = [table];
  for (let depth = 0; depth < levels && level.length > 0; depth += 1)
    level = level.flatMap((value) =>
      isTable(value) ? Object.values(value) : Array.isArray(value) ? value : [],
    );
  return level.length > 0;
}

/** The value at a path of keys; undefined where there is none. */
export function valueAt(table: TomlTable, path: readonly string[]): TomlValue | undefined {
  return path.reduce<TomlValue | undefined>(
    (value, key) => (isTable(value) ? value[key] : undefined),
    table,
  );
}

/**
 * Sets the key at `path`; every byte beside it stays, comments too. A missing table is appended at the end.
 * Throws `invalid-config` where the file is written in a way that cannot be edited so (inline tables, dotted keys).
 */
export function setToml(
  file: TomlFile,
  path: readonly string[],
  { value, comment }: TomlSetting,
): string {
  const { text } = file;
  const there = valueAt(readToml(file), path);
  if (there !== undefined && isDeepStrictEqual(withoutEmpty(there), withoutEmpty(value)))
    return text;
  const written = writeValue(value);
  const note = comment === undefined ? '' : ` # ${comment}`;
  const statements = statementsOf(text);
  const statement = statements.find((one) => one.kind === 'key' && same(one.path, path));
  const result =
    statement === undefined
      ? insert(text, { statements, path, line: `${writeKey(path.slice(-1))} = ${written}${note}` })
      : text.slice(0, statement.valueStart) + written + text.slice(statement.valueEnd);
  return proved(file, result, (table) => {
    put(table, path, value);
  });
}

/** Removes the key at `path` with its line, and its table where nothing is left in it. The rest keeps its bytes. */
export function unsetToml(file: TomlFile, path: readonly string[]): string {
  const { text } = file;
  if (valueAt(readToml(file), path) === undefined) return text;
  const statements = statementsOf(text);
  const there = statements.find((one) => one.kind === 'key' && same(one.path, path));
  if (there === undefined) throw byHand(file);
  const rest = text.slice(there.end);
  // The blank line between root keys and tables came with the first root key, and goes with the last.
  const [first, second] = statements;
  const alone = there === first && second !== undefined && second.kind !== 'key';
  const result = text.slice(0, there.start) + (alone ? rest.replace(/^\r?\n/, '') : rest);
  const shorter = withoutEmptyTable(result, path.slice(0, -1));
  const trimmed = text.endsWith('\n') ? shorter : shorter.replace(/\r?\n$/, '');
  return proved(file, trimmed, (table) => {
    remove(table, path);
  });
}

function insert(
  text: string,
  {
    statements,
    path,
    line,
  }: { statements: readonly TomlStatement[]; path: readonly string[]; line: string },
): string {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  // A file without final newline stays one: that is how taking the line out again finds the way back.
  const open = text === '' || text.endsWith('\n') ? '' : newline;
  const end = open === '' ? newline : '';
  const table = path.slice(0, -1);
  const header = statements.findIndex((one) => one.kind === 'table' && same(one.path, table));
  if (table.length > 0 && header === -1) {
    const gap = text === '' ? '' : open + newline;
    return `${text}${gap}[${writeKey(table)}]${newline}${line}${end}`;
  }
  const rest = statements.slice(header + 1);
  const next = rest.findIndex((one) => one.kind !== 'key');
  const last = (next === -1 ? rest : rest.slice(0, next)).at(-1) ?? statements[header];
  const at = last?.end ?? firstTable(text, statements);
  const indent = last === undefined ? '' : indentOf(text, last);
  const atEnd = at === text.length;
  const close = last === undefined && !atEnd ? newline + newline : atEnd ? end : newline;
  return text.slice(0, at) + (atEnd ? open : '') + indent + line + close + text.slice(at);
}

/** Where root keys go in a text that has none: before the first table and the comments above it. */
function firstTable(text: string, statements: readonly TomlStatement[]): number {
  const [first] = statements;
  if (first === undefined) return text.length;
  const before = text.slice(0, first.start);
  return startOfComments(before);
}

function indentOf(text: string, { start }: TomlStatement): string {
  return /^[ \t]*/.exec(text.slice(start))?.[0] ?? '';
}

function withoutEmptyTable(text: string, table: readonly string[]): string {
  const statements = statementsOf(text);
  const index = statements.findIndex((one) => one.kind === 'table' && same(one.path, table));
  const header = statements[index];
  const next = statements[index + 1];
  if (header === undefined || table.length === 0 || next?.kind === 'key') return text;
  const end = next?.start ?? text.length;
  if (text.slice(header.end, end).trim() !== '') return text;
  const before = text
    .slice(0, header.start)
    .replace(/\r?\n\r?\n$/, (gap) => gap.slice(gap.indexOf('\n') + 1));
  return before + text.slice(header.end);
}

/** Only what was meant may differ; anything else is a way of writing that the splice does not understand. */
function proved(file: TomlFile, result: string, change: (table: TomlTable) => void): string {
  const expected = readToml(file);
  change(expected);
  let actual: TomlTable;
  try {
    actual = parse(result.replace(/^\ufeff/, ''));
  } catch (error) {
    throw byHand(file, error);
  }
  if (!isDeepStrictEqual(withoutEmpty(actual), withoutEmpty(expected))) throw byHand(file);
  return result;
}

function byHand({ path }: TomlFile, cause?: unknown): DockerctlError {
  return new DockerctlError({
    code: 'invalid-config',
    message: `${path} is written in a way that cannot be changed without touching the rest (an inline table, or dotted keys).`,
    hint: `change it by hand: \`$EDITOR ${shellWord(path)}\``,
    ...(cause === undefined ? {} : { cause }),
  });
}

function put(table: TomlTable, path: readonly string[], value: TomlValue): void {
  const [key = '', ...rest] = path;
  if (rest.length === 0) {
    table[key] = value;
    return;
  }
  const inner = table[key];
  const next: TomlTable = isTable(inner) ? inner : {};
  table[key] = next;
  put(next, rest, value);
}

function remove(table: TomlTable, path: readonly string[]): void {
  const [key = '', ...rest] = path;
  const inner = table[key];
  if (rest.length === 0) Reflect.deleteProperty(table, key);
  else if (isTable(inner)) remove(inner, rest);
}

/** A table that nothing is in says nothing. */
function withoutEmpty(value: TomlValue): TomlValue {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (!isTable(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, inner]) => [key, withoutEmpty(inner)] as const)
      .filter(([, inner]) => !isTable(inner) || Object.keys(inner).length > 0),
  );
}

export function isTable(value: TomlValue | undefined): value is TomlTable {
  return typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date);
}

/** On one line, whatever it is: tables inline. A JSON string is a TOML basic string. */
function writeValue(value: TomlValue): string {
  if (Array.isArray(value)) return `[${value.map(writeValue).join(', ')}]`;
  if (!isTable(value))
    return typeof value === 'string' ? JSON.stringify(value) : stringifyValue(value);
  const members = Object.entries(value).map(
    ([key, inner]) => `${writeKey([key])} = ${writeValue(inner)}`,
  );
  return `{ ${members.join(', ')} }`;
}

function stringifyValue(value: TomlValue): string {
  return stringify({ v: value }).trim().replace(/^v = /, '');
}

function writeKey(path: readonly string[]): string {
  return path
    .map((part) => (/^[A-Za-z0-9_-]+$/.test(part) ? part : JSON.stringify(part)))
    .join('.');
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((part, index) => part === other[index]);
}
