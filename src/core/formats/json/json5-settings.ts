import JSON5 from 'json5';
import { DockerctlError, messageOf } from '../../../errors.js';
import { isTooDeep } from './depth.js';
import type { Json } from './json-object.js';

/**
 * Reads one of our own files (declaration, certificate profile, preset): JSON5, comments welcome. daemon.json is not
 * one of them: see `parseDocument`. Throws `invalid-declaration` with line and column.
 */
export function parseSettings(text: string, path = 'this file'): Json {
  const value = parse(text, path);
  if (!isTooDeep(value)) return value;
  throw new DockerctlError({
    code: 'invalid-declaration',
    message: `${path}:1:1 is nested more deeply than any settings are.`,
    hint: `correct ${path}`,
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
