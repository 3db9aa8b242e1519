import JSON5 from 'json5';
import { DockerctlError, messageOf } from '../../../errors.js';
import { isTooDeep } from './syntax/depth.js';
import type { Json } from './json-object.js';
import { printable } from '../../text/printable.js';
import { repeatedKey } from './repeated-key.js';

/**
 * Reads one of our own files (declaration, certificate profile, preset): JSON5, comments welcome. daemon.json is not
 * one of them: see `parseDocument`. Throws `invalid-declaration` with line and column.
 */
export function parseSettings(text: string, path = 'this file'): Json {
  const value = parse(text, path);
  if (!isTooDeep(value)) {
    refuseRepeated(text, path);
    return value;
  }
  throw new DockerctlError({
    code: 'invalid-declaration',
    message: `${path}:1:1 is nested more deeply than any settings are.`,
    hint: `correct ${path}`,
  });
}

/** JSON5 takes the last of two and says nothing: one of them would be lost. */
function refuseRepeated(text: string, path: string): void {
  const twice = repeatedKey(text);
  if (twice === null) return;
  const { name, first, second } = twice;
  throw new DockerctlError({
    code: 'invalid-declaration',
    message: `${path}:${second.line}:${second.column}: ${printable(name)} stands twice; the first is at ${path}:${first.line}:${first.column}.`,
    hint: `join the two into one: correct line ${second.line} of ${path}`,
  });
}

function parse(text: string, path: string): Json {
  try {
    return JSON5.parse<Json>(text);
  } catch (error) {
    const { lineNumber, columnNumber } = error as { lineNumber?: number; columnNumber?: number };
    throw new DockerctlError({
      code: 'invalid-declaration',
      message: `${path}:${lineNumber ?? 1}:${columnNumber ?? 1} is not JSON5: ${messageOf(error).replace(/^JSON5: /, '')}.`,
      hint: `correct line ${lineNumber ?? 1} of ${path}`,
      cause: error,
    });
  }
}

/** The inverse of `parseSettings`: JSON5 as people write it. */
export function formatSettings(value: Json): string {
  return `${JSON5.stringify(value, { space: 2, quote: "'" })}\n`;
}
