import { parseDeclaration, type DeclarationSource } from '../../core/declaration/declaration.js';
import { declarationPaths, examplePath } from '../../core/declaration/declaration-paths.js';
import type { Declaration } from '../../core/declaration/schema.js';
import { onFile } from '../../core/text/file-error.js';
import { decode } from '../../core/formats/json/syntax/encoding.js';
import { DockerctlError, isDockerctlError } from '../../errors.js';
import type { Host } from '../../host/host.js';
import { assertSafePath } from '../files/safe-path.js';
import { declarationFiles } from './declaration-files.js';

/** Larger than any declaration that people write, inline certificates included. */
const MOST_BYTES = 4 * 1024 * 1024;

/**
 * The declaration of this machine; `from` is a file or folder in its place.
 * @throws file-not-found where there is none, invalid-declaration, file-not-writable where others may write it
 */
export function readDeclaration(host: Host, from: string | null): Declaration {
  return declarationIn(host, readSources(host, from));
}

/** Throws `invalid-declaration`, which names the example that this installation has. */
export function declarationIn({ self }: Host, sources: readonly DeclarationSource[]): Declaration {
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

/** The same as texts. */
export function readSources(host: Host, from: string | null): DeclarationSource[] {
  const paths = declarationFiles(host, from);
  if (paths.length === 0) throw from === null ? noDeclaration(host) : emptyFolder(from);
  // What is declared is done as root: nobody else may have written it.
  if (from === null) for (const path of paths) assertSafePath(host, path, { care: 'name' });
  return paths.map((path) => ({ path, text: textOf(host, path) }));
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

/** A file that is named and is not there is an error of its own. */
function emptyFolder(path: string): DockerctlError {
  return new DockerctlError({
    code: 'file-not-found',
    message: `There is no declaration: the folder ${path} holds no *.json5.`,
    hint: 'name a file, or a folder of files whose names end in .json5: -f FILE',
  });
}

function noDeclaration(host: Host): DockerctlError {
  const { self } = host;
  const write =
    'write one of what is there today with `dockerctl adopt`, or name yours with -f FILE';
  const forUser = self.uid !== 0 && self.root === null;
  return new DockerctlError({
    code: 'file-not-found',
    message: `There is no declaration: ${declarationPaths(self).file} does not exist.`,
    hint: forUser
      ? `for the one of this machine, the same with sudo; for your own, ${write}`
      : write,
  });
}
