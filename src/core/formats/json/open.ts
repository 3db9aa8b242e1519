import { DockerctlError } from '../../../errors.js';
import { type Document, parseDocument } from './document.js';
import type { Problem } from './mistakes/problem.js';
import { relax } from './relaxed.js';

/**
 * The document of the file at `path` (null: missing). Throws with `path:line:column`, the line and a caret, and all
 * problems in `details`: `not-strict-json` where `relax` could turn it into strict JSON, `duplicate-key`, `invalid-json`.
 */
export function openDocument(bytes: Uint8Array | null, path: string): Document {
  const parsed = parseDocument(bytes);
  if (parsed.ok) return parsed.document;
  const relaxed = bytes === null ? null : relax(bytes);
  if (relaxed?.ok === true) throw problemError('not-strict-json', path, parsed.problems);
  const problems = relaxed?.problems ?? parsed.problems;
  const code = problems[0].code === 'duplicate-key' ? 'duplicate-key' : 'invalid-json';
  throw problemError(code, path, problems);
}

function problemError(
  code: 'not-strict-json' | 'duplicate-key' | 'invalid-json',
  path: string,
  problems: readonly [Problem, ...Problem[]],
): DockerctlError {
  const [{ line, column, message, snippet, hint }, ...more] = problems;
  const others = more.length === 0 ? '' : `\n(and ${more.length} more)`;
  return new DockerctlError({
    code,
    message: `${path}:${line}:${column}: ${message}\n${snippet}${others}`,
    hint:
      code === 'not-strict-json'
        ? `${hint}; or the same command with --yes: it writes strict JSON and keeps comments in ${path}.comments`
        : hint,
    details: { path, problems },
  });
}
