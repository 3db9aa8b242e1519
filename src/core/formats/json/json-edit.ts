import { DockerctlError } from '../../../errors.js';
import type { Json } from './json-object.js';
import { type Document, parseText } from './document.js';
import { BOM } from './syntax/encoding.js';
import { format, indentAt, isBroken, type JsonStyle, styleOf } from './layout.js';
import {
  type ArrayNode,
  childSpans,
  memberOf,
  type Node,
  nodeAt,
  type ObjectNode,
  sameValue,
} from './syntax/node.js';
import { formatPath, type Path } from './json-path.js';
import { scan } from './syntax/scan.js';

/** The value at `path`, for reading; undefined when there is none. Numbers beyond 2^53 are rounded: see `textAt`. */
export function get(document: Document, path: Path): Json | undefined {
  if (path.length === 0 && document.root === null) return {};
  const text = textAt(document, path);
  return text === undefined ? undefined : (JSON.parse(text) as Json);
}

/** The value at `path` as it is written in the file. */
export function textAt({ text, root }: Document, path: Path): string | undefined {
  const node = nodeAt(root, path);
  return node && text.slice(node.start, node.end);
}

/**
 * Puts `value` at `path`; objects on the way are created. Every byte outside the value (and, for a new key, its comma)
 * stays. A value that means the same is left as it is written. Throws `invalid-value` when the path leads through a
 * value that has no keys.
 */
export function set(document: Document, path: Path, value: Json): Document {
  return setText(document, path, JSON.stringify(value));
}

/** As `set`, with the value as JSON text: its numbers keep their spelling. */
export function setText(document: Document, path: Path, json: string): Document {
  const at = deepest(document.root, path);
  const rest = path.slice(at.depth);
  if (at.node !== null && rest.length === 0) return replace(document, at.node, json);
  if (at.node?.kind === 'null') return replace(document, at.node, nest(rest, json));
  const [key, ...deeper] = rest;
  if (key === undefined) throw notAContainer(path, at);
  if (at.node === null) return create(document, nest(rest, json));
  if (at.node.kind === 'object') {
    return insert(document, at.node, { key, json: nest(deeper, json) });
  }
  throw notAContainer(path, at);
}

/** Adds `value` at the end of the list at `path`, which is created when it is missing. */
export function append(document: Document, path: Path, value: Json): Document {
  const node = nodeAt(document.root, path);
  if (node === undefined || node.kind === 'null') return set(document, path, [value]);
  if (node.kind !== 'array') throw notAContainer([...path, '-'], { node, depth: path.length });
  return insert(document, node, { json: JSON.stringify(value) });
}

/** Takes out the key or list entry at `path`, with its comma and its line. Nothing there: the same document. */
export function remove(document: Document, path: Path): Document {
  const parent = nodeAt(document.root, path.slice(0, -1));
  const child = nodeAt(document.root, path);
  if (path.length === 0 || child === undefined) return document;
  if (parent?.kind !== 'object' && parent?.kind !== 'array') return document;
  const spans = childSpans(parent);
  const index = spans.findIndex(({ end }) => end === child.end);
  const [before, own, after] = [spans[index - 1], spans[index], spans[index + 1]];
  if (own === undefined) return document;
  if (before !== undefined) return splice(document, { start: before.end, end: own.end }, '');
  if (after !== undefined) return splice(document, { start: own.start, end: after.start }, '');
  const inner = { start: parent.start + 1, end: parent.end - 1 };
  const space = document.text.slice(inner.start, own.start);
  return splice(document, inner, /[\r\n]/.test(space) ? '' : space);
}

/** Gives the key at `path` another name, where it stands. Nothing there, or a name that is taken: the same document. */
export function rename(document: Document, path: Path, name: string): Document {
  const parent = nodeAt(document.root, path.slice(0, -1));
  if (parent?.kind !== 'object' || memberOf(parent, name) !== undefined) return document;
  const member = memberOf(parent, path.at(-1) ?? '');
  if (member === undefined) return document;
  return splice(document, { start: member.start, end: member.keyEnd }, JSON.stringify(name));
}

interface Reached {
  /** null: the document has no root object yet. */
  readonly node: Node | null;
  readonly depth: number;
}

function deepest(root: Node | null, path: Path): Reached {
  let depth = 0;
  while (depth < path.length && nodeAt(root, path.slice(0, depth + 1)) !== undefined) depth += 1;
  return { node: root === null ? null : (nodeAt(root, path.slice(0, depth)) ?? null), depth };
}

function nest(path: Path, json: string): string {
  return path.reduceRight((inner, key) => `{${JSON.stringify(key)}:${inner}}`, json);
}

function replace(document: Document, old: Node, json: string): Document {
  const value = { text: json, node: valueOf(json) };
  if (sameValue({ text: document.text, node: old }, value)) return document;
  const style = styleOf(document);
  const filled = (old.kind === 'array' || old.kind === 'object') && childSpans(old).length > 0;
  const habits = !filled
    ? style
    : isBroken(document.text, old)
      ? { ...style, brokenLists: true }
      : { ...style, inline: true };
  return splice(document, old, format(value, habits, indentAt(document.text, old.start)));
}

function create(document: Document, json: string): Document {
  const style = styleOf(document);
  const bom = document.text.startsWith(BOM) ? BOM : '';
  const text = format({ text: json, node: valueOf(json) }, style, '') + style.newline;
  return parsed(bom + text, document);
}

interface Child {
  readonly key?: string;
  readonly json: string;
}

function insert(document: Document, container: ObjectNode | ArrayNode, child: Child): Document {
  const { text } = document;
  const style = styleOf(document);
  const spans = childSpans(container);
  const last = spans.at(-1);
  if (last === undefined) return fill(document, container, child);
  const gap = text.slice(spans.at(-2)?.end ?? container.start + 1, last.start);
  if (/[\r\n]/.test(gap)) {
    const indent = indentAt(text, last.start);
    const commaFirst = spans.length > 1 && /[\r\n]/.test(gap.slice(0, gap.indexOf(',')));
    const separator = commaFirst ? gap : `,${style.newline}${indent}`;
    return splice(document, after(last), separator + childText(child, style, indent));
  }
  const separator = /^ ?, ?$/.test(gap) ? gap : style.comma;
  const inline = { ...style, inline: true };
  return splice(document, after(last), separator + childText(child, inline, ''));
}

/** The first child of an empty container. */
function fill(document: Document, container: ObjectNode | ArrayNode, child: Child): Document {
  const style = styleOf(document);
  const inner = { start: container.start + 1, end: container.end - 1 };
  const space = document.text.slice(inner.start, inner.end);
  const outer = indentAt(document.text, container.start);
  const broken =
    container.kind === 'object' ? !style.inline : style.brokenLists === true && !style.inline;
  if (!broken) {
    const pad = /[\r\n]/.test(space) ? '' : space;
    return splice(document, inner, pad + childText(child, { ...style, inline: true }, '') + pad);
  }
  const indent = outer + style.unit;
  const line = style.newline + indent + childText(child, style, indent);
  return splice(document, inner, line + style.newline + outer);
}

function childText({ key, json }: Child, style: JsonStyle, indent: string): string {
  const value = format({ text: json, node: valueOf(json) }, style, indent);
  return key === undefined ? value : JSON.stringify(key) + style.colon + value;
}

function after({ end }: { readonly end: number }): { start: number; end: number } {
  return { start: end, end };
}

function splice(
  document: Document,
  { start, end }: { readonly start: number; readonly end: number },
  text: string,
): Document {
  return parsed(document.text.slice(0, start) + text + document.text.slice(end), document);
}

function parsed(text: string, { encoding }: Document): Document {
  const result = parseText(text, encoding);
  if (result.ok) return result.document;
  const [{ message, line, column }] = result.problems;
  throw new DockerctlError({
    code: 'invalid-value',
    message: `the changed text would not be valid: line ${line}, column ${column}: ${message}`,
    hint: 'correct the value',
  });
}

function valueOf(json: string): Node {
  const scanned = scan(json);
  if (scanned.ok && scanned.root !== null) return scanned.root;
  throw new DockerctlError({
    code: 'invalid-value',
    message: `${JSON.stringify(json.slice(0, 60))} is not a JSON value`,
    hint: 'put texts in double quotes',
  });
}

function notAContainer(path: Path, { node, depth }: Reached): DockerctlError {
  const at = formatPath(path.slice(0, depth)) || 'the file';
  return new DockerctlError({
    code: 'invalid-value',
    message: `${formatPath(path)} cannot be set: ${at} is ${KINDS[node?.kind ?? 'null']}, which has no key ${formatPath(path.slice(depth))}`,
    hint: `look at it with: \`dockerctl config get ${at}\``,
  });
}

const KINDS: Readonly<Record<Node['kind'], string>> = {
  object: 'an object',
  array: 'a list',
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  null: 'null',
};
