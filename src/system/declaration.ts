import { join } from 'node:path';
import { parseDeclaration, type Source } from '../core/declaration/declaration.js';
import { declarationPlaces, examplePath } from '../core/declaration/places.js';
import type { Declaration } from '../core/declaration/schema.js';
import { onFile } from '../core/file-error.js';
import { decode } from '../core/json/encoding.js';
import { DockerctlError, isDockerctlError } from '../errors.js';
import type { Host } from '../host/host.js';

/** Larger than any declaration that people write, inline certificates included. */
const MOST_BYTES = 4 * 1024 * 1024;

/**
 * The declaration of this machine; `from` is a file or folder in its place.
 * @throws file-not-found where there is none, invalid-declaration
 */
export function readDeclaration(host: Host, from: string | null): Declaration {
  return declarationIn(host, readSources(host, from));
}

/** Throws `invalid-declaration`, which names the example that this installation has. */
export function declarationIn({ self }: Host, sources: readonly Source[]): Declaration {
  try {
    return parseDeclaration(sources);
  } catch (error) {
    if (!isDockerctlError(error) || error.code !== 'invalid-declaration') throw error;
    const { code, message, details, hint } = error;
    const example = examplePath(self.command.at(-1) ?? '');
    throw new DockerctlError({
      ...{ code, message, details, cause: error },
      hint: `${hint}; every key is explained in ${example}`,
    });
  }
}

/** `none`: that there is none is no error. */
export function readSources(
  host: Host,
  from: string | null,
  { none = false }: { readonly none?: boolean } = {},
): Source[] {
  const paths = pathsOf(host, from);
  if (paths.length === 0 && !none) throw noDeclaration(from ?? declarationPlaces(host.self).file);
  return paths.map((path) => ({ path, text: textOf(host, path) }));
}

function pathsOf(host: Host, from: string | null): string[] {
  if (from !== null) return isFolder(host, from) ? fragmentsIn(host, from) : [from];
  const { file, fragments } = declarationPlaces(host.self);
  const main = onFile(file, 'read', () => host.fs.stat(file, { follow: true }));
  return [...(main === null ? [] : [file]), ...fragmentsIn(host, fragments)];
}

function fragmentsIn(host: Host, folder: string): string[] {
  if (!isFolder(host, folder)) return [];
  const names = onFile(folder, 'read', () => host.fs.list(folder));
  return names
    .filter((name) => name.endsWith('.json5') && !name.startsWith('.'))
    .map((name) => join(folder, name));
}

function isFolder({ fs }: Host, path: string): boolean {
  return onFile(path, 'read', () => fs.stat(path, { follow: true })?.kind === 'folder');
}

function textOf({ fs }: Host, path: string): string {
  const decoded = decode(onFile(path, 'read', () => fs.read(path, MOST_BYTES)));
  if (decoded.ok) return decoded.text.replace(/^\ufeff/, '');
  throw new DockerctlError({
    code: 'invalid-declaration',
    message: `${path} is not a text in UTF-8.`,
    hint: `save ${path} as UTF-8`,
  });
}

function noDeclaration(path: string): DockerctlError {
  return new DockerctlError({
    code: 'file-not-found',
    message: `There is no declaration: ${path} does not exist.`,
    hint: 'write one of what is there today with `dockerctl adopt`, or name yours with -f FILE',
  });
}
