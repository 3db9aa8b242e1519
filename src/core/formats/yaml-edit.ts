import { isMap, isScalar, parseDocument, type Document, type Node, type YAMLMap } from 'yaml';
import { DockerctlError } from '../../errors.js';
import { printable } from '../text/printable.js';
import { shellWord } from '../text/shell-word.js';

/** A YAML file of somebody else: read as a whole, edited by splicing, so that comments and layout keep their bytes. */
export interface YamlFile {
  readonly text: string;
  /** Names the file in errors. */
  readonly path: string;
}

/** The text at `keys`; null where nothing, or no plain value, stands there. Throws `invalid-value` for broken YAML. */
export function readYaml(file: YamlFile, keys: readonly string[]): string | null {
  const node = parseYaml(file).getIn(keys, true);
  return isScalar(node) && (typeof node.value === 'string' || typeof node.value === 'number')
    ? String(node.value)
    : null;
}

/** `file.text` with the string `value` at `keys`; missing maps are made. Throws `invalid-value`. */
export function setYaml(file: YamlFile, keys: readonly string[], value: string): string {
  const text = spliced(file, keys, value);
  if (readYaml({ ...file, text }, keys) === value) return text;
  throw byHand(file, keys);
}

function spliced(file: YamlFile, keys: readonly string[], value: string): string {
  const document = parseYaml(file);
  const node = document.getIn(keys, true);
  if (isScalar(node)) return replaceScalar(file.text, rangeOf(node), value);
  for (let depth = keys.length - 1; depth >= 0; depth -= 1) {
    const parent = depth === 0 ? document.contents : document.getIn(keys.slice(0, depth), true);
    const next = keys[depth] ?? '';
    if (isMap(parent) && parent.has(next)) break;
    if (isMap(parent) && !(parent.flow ?? false) && parent.items.length > 0) {
      return insertFirst(file.text, parent, nested(keys.slice(depth), value));
    }
    if (parent !== undefined && parent !== null && !isMap(parent)) break;
  }
  if (!putNode(document, keys, value)) throw byHand(file, keys);
  const text = printYaml(document);
  if (text === null) throw byHand(file, keys);
  return text;
}

/** Null where it refers to what is not in it (`<<: *nothing`), which the library reads and does not write. */
export function printYaml(document: Document): string | null {
  try {
    return document.toString({ lineWidth: 0 });
  } catch {
    return null;
  }
}

/** Sets the value in the parsed document; a part of the way that is empty (`tls:`) becomes a map. False where something else stands on it. */
export function putNode(document: Document, keys: readonly string[], value: unknown): boolean {
  for (let depth = 0; depth < keys.length; depth += 1) {
    const way = keys.slice(0, depth);
    const node = depth === 0 ? document.contents : document.getIn(way, true);
    const empty = node === null || node === undefined || (isScalar(node) && node.value === null);
    if (!empty && !isMap(node)) return false;
    if (!empty) continue;
    const rest = keys.slice(depth).reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
    if (depth === 0) document.contents = document.createNode(rest);
    else document.setIn(way, document.createNode(rest));
    return true;
  }
  document.setIn(keys, value);
  return true;
}

/** Far above any such file; the reader takes seconds for a megabyte of brackets. */
const LONGEST = 256 * 1024;

/** Throws `invalid-value`, with the line, for what is no YAML or far too much of it. */
export function parseYaml({ text, path }: YamlFile): Document {
  if (text.length > LONGEST) throw absurd(path, `has ${text.length} characters`);
  if (nestsTooDeeply(text)) throw absurd(path, 'nests too deeply');
  const document = parseDocument(text, { prettyErrors: true });
  const [error] = document.errors;
  if (error === undefined) return document;
  const [where] = error.linePos ?? [];
  throw new DockerctlError({
    code: 'invalid-value',
    message: `${path}:${where?.line ?? 1}:${where?.col ?? 1} is not YAML: ${printable(error.message.split('\n')[0] ?? '')}`,
    hint: `correct line ${where?.line ?? 1} of ${path}`,
    cause: error,
  });
}

/** Far above any such file: the reader calls itself for every level, until the process ends without a word. */
const DEEPEST = 100;

/** By what opens a level: brackets, and indicators that follow one another on a line. Comments count for nothing. */
function nestsTooDeeply(text: string): boolean {
  let brackets = 0;
  return text.split('\n').some((line) => {
    if (/^\s*#/.test(line)) return false;
    for (const bracket of line.match(/[[\]{}]/g) ?? []) {
      brackets += bracket === '[' || bracket === '{' ? 1 : -1;
      if (brackets > DEEPEST) return true;
    }
    return (line.match(/[-?:](?=\s|$)/g)?.length ?? 0) > DEEPEST;
  });
}

function absurd(path: string, what: string): DockerctlError {
  return new DockerctlError({
    code: 'invalid-value',
    message: `${path} ${what}, which no such configuration does.`,
    hint: `is it the right file? \`head ${shellWord(path)}\``,
  });
}

function byHand({ path }: YamlFile, keys: readonly string[]): DockerctlError {
  return new DockerctlError({
    code: 'invalid-value',
    message: `${path} is written in a way in which ${keys.join('.')} cannot be set without touching the rest.`,
    hint: `set ${keys.join('.')} by hand: \`$EDITOR ${shellWord(path)}\``,
  });
}

/** Start and end of the value itself, without the comment behind it. */
function rangeOf(node: Node): readonly [number, number] {
  const [start = 0, end = 0] = node.range ?? [];
  return [start, end];
}

/** An empty value (`certificate:`) has no text: a space goes before the new one. */
function replaceScalar(
  text: string,
  [start, end]: readonly [number, number],
  value: string,
): string {
  const gap = start === end && text[start - 1] === ':' ? ' ' : '';
  return text.slice(0, start) + gap + quoted(value) + text.slice(end);
}

/** Lines of a block map that says `value` at `keys`, each with its depth. */
const nested = (keys: readonly string[], value: string): (readonly [number, string])[] =>
  keys.map((key, depth) => [
    depth,
    depth === keys.length - 1 ? `${key}: ${quoted(value)}` : `${key}:`,
  ]);

/** Before the first pair: behind the last one stand comments that belong to what follows. */
function insertFirst(
  text: string,
  map: YAMLMap,
  lines: readonly (readonly [depth: number, line: string])[],
): string {
  const [first] = map.items;
  const [start] = rangeOf(first?.key as Node);
  const column = start - (text.lastIndexOf('\n', start - 1) + 1);
  const indent = ' '.repeat(column);
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const block = lines.map(([depth, line]) => '  '.repeat(depth) + line).join(end + indent);
  return text.slice(0, start) + block + end + indent + text.slice(start);
}

const quoted = (value: string): string =>
  /^[\w./][\w./-]*$/u.test(value) && Number.isNaN(Number(value)) ? value : JSON.stringify(value);
