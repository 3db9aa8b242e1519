import { childSpans, type Located, type Member, type Node, textOf } from './syntax/node.js';
import type { Document } from './document.js';

/** How a file is written, learned from what stands in it. */
export interface JsonStyle {
  readonly newline: string;
  /** One level of indentation. */
  readonly unit: string;
  /** All on one line. */
  readonly inline: boolean;
  /** Between key and value. */
  readonly colon: string;
  /** Between neighbours on one line. */
  readonly comma: string;
  /** Lists have an entry a line; null where the file has none to learn from. */
  readonly brokenLists: boolean | null;
}

const NEWLINE = /\r\n|\n|\r/;
/** A list longer than this gets an entry a line, where the file shows no habit of its own. */
const LIST_WIDTH = 80;

export function styleOf({ text, root }: Document): JsonStyle {
  const nodes = root === null ? [] : everyNode(root);
  const members = nodes.flatMap((node) => (node.kind === 'object' ? node.members : []));
  const list = nodes.find((node) => node.kind === 'array' && node.items.length > 0);
  const colon = members.map((member) => colonOf(text, member)).find(isPlain) ?? ': ';
  const comma = nodes.map((node) => commaOf(text, node)).find(isPlain);
  return {
    newline: NEWLINE.exec(text)?.[0] ?? '\n',
    unit: nodes.map((node) => unitOf(text, node)).find((unit) => unit !== null) ?? '  ',
    inline: members.length > 0 && root !== null && !NEWLINE.test(textOf({ text, node: root })),
    colon,
    comma: comma ?? (colon.endsWith(' ') ? ', ' : ','),
    brokenLists: list === undefined ? null : isBroken(text, list),
  };
}

/** The white space that the line of `offset` begins with. */
export function indentAt(text: string, offset: number): string {
  const start =
    Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? '';
}

/** Whether a container has its first child on a line of its own. */
export function isBroken(text: string, node: Node): boolean {
  const first = node.kind === 'array' || node.kind === 'object' ? childSpans(node)[0] : undefined;
  return first !== undefined && NEWLINE.test(text.slice(node.start, first.start));
}

/** Writes a value in the file's style, for a line that begins with `indent`. Numbers and strings keep their spelling. */
export function format(value: Located, style: JsonStyle, indent: string): string {
  const { node, text } = value;
  if (node.kind !== 'object' && node.kind !== 'array') return textOf(value);
  const inner = indent + style.unit;
  const parts =
    node.kind === 'array'
      ? node.items.map((item) => format({ text, node: item }, style, inner))
      : node.members.map((member) => formatMember({ text, member }, style, inner));
  const [open, close] = node.kind === 'array' ? ['[', ']'] : ['{', '}'];
  if (parts.length === 0) return open + close;
  if (style.inline || (node.kind === 'array' && !listIsBroken(parts, style)))
    return open + parts.join(style.comma) + close;
  const separator = style.newline + inner;
  return `${open}${separator}${parts.join(`,${separator}`)}${style.newline}${indent}${close}`;
}

function formatMember(
  { text, member }: { readonly text: string; readonly member: Member },
  style: JsonStyle,
  indent: string,
): string {
  const key = text.slice(member.start, member.keyEnd);
  return key + style.colon + format({ text, node: member.value }, style, indent);
}

function listIsBroken(parts: readonly string[], style: JsonStyle): boolean {
  if (style.brokenLists !== null) return style.brokenLists;
  return NEWLINE.test(parts.join('')) || parts.join(style.comma).length > LIST_WIDTH;
}

function everyNode(node: Node): Node[] {
  const children =
    node.kind === 'object'
      ? node.members.map(({ value }) => value)
      : node.kind === 'array'
        ? node.items
        : [];
  return [node, ...children.flatMap(everyNode)];
}

function colonOf(text: string, { keyEnd, value }: Member): string {
  return text.slice(keyEnd, value.start);
}

function commaOf(text: string, node: Node): string {
  if (node.kind !== 'object' && node.kind !== 'array') return '';
  const [first, second] = childSpans(node);
  return first === undefined || second === undefined ? '' : text.slice(first.end, second.start);
}

/** Columns aligned with many spaces, or line breaks, are no example to follow. */
function isPlain(separator: string): boolean {
  return /^ ?[:,] ?$/.test(separator);
}

function unitOf(text: string, node: Node): string | null {
  if ((node.kind !== 'object' && node.kind !== 'array') || !isBroken(text, node)) return null;
  const outer = indentAt(text, node.start);
  const inner = indentAt(text, childSpans(node)[0]?.start ?? node.start);
  return inner.startsWith(outer) ? inner.slice(outer.length) : inner;
}
