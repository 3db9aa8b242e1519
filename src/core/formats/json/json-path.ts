import { DockerctlError } from '../../../errors.js';

/** The way to a value: object keys and, in lists, indices as decimal strings. */
export type Path = readonly string[];

const PLAIN = /^[^."[\]/\s]+$/;
const STEP = /(?:^|(?<=.)\.)(?:"((?:[^"\\]|\\.)*)"|([^."[\]\s]+))|\[(\d+)\]/y;

/**
 * Reads a dotted path: `log-opts.max-size`, `insecure-registries[0]`. A key that holds dots stands in double quotes:
 * `runtimes."io.containerd.kata.v2".path`. What begins with `/` is a JSON Pointer (RFC 6901): `/log-opts/max-size`.
 * Throws `invalid-value`.
 */
export function parsePath(text: string): Path {
  if (text.startsWith('/')) return fromPointer(text);
  const steps: string[] = [];
  let offset = 0;
  while (offset < text.length) {
    STEP.lastIndex = offset;
    const found = STEP.exec(text);
    if (found === null) throw malformed(text, offset);
    const [whole, quoted, plain, index] = found;
    steps.push(quoted === undefined ? (plain ?? index ?? '') : unquote(quoted, { text, offset }));
    offset += whole.length;
  }
  if (steps.length === 0) throw malformed(text, 0);
  return steps;
}

/** The inverse of `parsePath`. */
export function formatPath(path: Path): string {
  return path.map((step) => (PLAIN.test(step) ? step : JSON.stringify(step))).join('.');
}

/** RFC 6901. */
export function toPointer(path: Path): string {
  return path.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** RFC 6901; the empty pointer is the whole document. */
export function fromPointer(pointer: string): Path {
  if (pointer === '') return [];
  if (!pointer.startsWith('/')) throw malformed(pointer, 0);
  return pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function unquote(quoted: string, at: { readonly text: string; readonly offset: number }): string {
  try {
    return JSON.parse(`"${quoted}"`) as string;
  } catch {
    throw malformed(at.text, at.offset);
  }
}

function malformed(text: string, offset: number): DockerctlError {
  return new DockerctlError({
    code: 'invalid-value',
    message: `${JSON.stringify(text)} is not a key path: it cannot be read from character ${offset + 1} on`,
    hint: 'write keys joined by dots, as in log-opts.max-size; quote a key that has dots: runtimes."a.b".path',
  });
}
