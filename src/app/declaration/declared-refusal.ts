import type { Declaration } from '../../core/declaration/schema.js';
import { desiredValuesOf } from '../../core/declaration/desired-values.js';
import { placeOf } from '../../core/declaration/record.js';
import { parsePath, type Path } from '../../core/formats/json/json-path.js';
import type { Finding } from '../../core/plan/finding.js';
import { DockerctlError, isDockerctlError } from '../../errors.js';
import type { Host } from '../../host/host.js';
import { readSources } from '../../system/machine/declaration.js';

/**
 * A refusal of the daemon.json that a declaration asks for, with the place in the declaration: nothing stands in daemon.json yet.
 * Any other error as it is, and one whose place nobody can look up (a declaration from stdin).
 */
export function placedInDeclaration(
  error: unknown,
  { host, declaration, from }: { host: Host; declaration: Declaration; from: string | null },
): unknown {
  if (!isDockerctlError(error) || error.code !== 'invalid-config' || from === '-') return error;
  const { findings = [] } = (error.details ?? {}) as { readonly findings?: readonly Finding[] };
  const refused = findings.find(
    ({ path, message }) => error.message.includes(message) && path !== undefined,
  );
  if (refused === undefined) return error;
  const at = declaredAt(refused.subject, { host, declaration, from });
  const place = [refused.path, refused.line, refused.column].filter((part) => part !== undefined);
  const message = error.message.replace(place.join(':'), () => at ?? '');
  if (at === null || message === error.message) return error;
  const { code, hint, details } = error;
  return new DockerctlError({ code, message, hint, details, cause: error });
}

function declaredAt(
  subject: string,
  { host, declaration, from }: { host: Host; declaration: Declaration; from: string | null },
): string | null {
  const path = parsePath(subject);
  const desired = desiredValuesOf(declaration).find(
    (one) => startsWith(one.path, path) || startsWith(path, one.path),
  );
  return desired === undefined
    ? null
    : (placeOf(readSources(host, from), desired.declared)?.at ?? null);
}

function startsWith(path: Path, first: Path): boolean {
  return first.every((step, at) => path[at] === step);
}
