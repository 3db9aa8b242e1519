import { DockerctlError, type ErrorCode } from '../../errors.js';
import { type Document, parseDocument } from './document.js';
import type { Problem } from './problem.js';

/**
 * The document of the file at `path` (null: missing). Throws `duplicate-key` or `invalid-json` with
 * `path:line:column`, the line and a caret; `details.problems` holds all of it.
 */
export function openDocument(bytes: Uint8Array | null, path: string): Document {
  const parsed = parseDocument(bytes);
  if (parsed.ok) return parsed.document;
  throw problemError(parsed.problems, path);
}

function problemError(problems: readonly [Problem, ...Problem[]], path: string): DockerctlError {
  const [{ code, line, column, message, snippet, hint }, ...more] = problems;
  const others = more.length === 0 ? '' : `\n(and ${more.length} more)`;
  return new DockerctlError({
    code: CODES[code] ?? 'invalid-json',
    message: `${path}:${line}:${column}: ${message}\n${snippet}${others}`,
    hint,
    details: { path, problems },
  });
}

const CODES: Readonly<Record<string, ErrorCode>> = { 'duplicate-key': 'duplicate-key' };
