import { DockerctlError } from '../../../errors.js';
import { fileNameFor } from './file-name.js';
import { parseNames, type SubjectName } from '../x509/names.js';

export interface BatchLine {
  readonly line: number;
  readonly names: readonly SubjectName[];
  /** What its files are called. */
  readonly name: string;
}

/**
 * `certs issue --batch`: a certificate a line, its names separated by spaces or commas; `#` begins a comment.
 * Throws `invalid-value` with `path:line`.
 */
export function parseBatch(text: string, path: string): BatchLine[] {
  const lines = text.split(/\r?\n/u).flatMap((raw, index): BatchLine[] => {
    const domains = raw
      .replace(/#.*$/su, '')
      .split(/[\s,]+/u)
      .filter(Boolean);
    if (domains.length === 0) return [];
    const line = index + 1;
    const names = parseLine(domains, `${path}:${line}`);
    return [{ line, names, name: fileNameFor(names[0]?.value ?? '') }];
  });
  assertDistinct(lines, path);
  if (lines.length > 0) return lines;
  throw new DockerctlError({
    code: 'invalid-value',
    message: `${path} names no certificate.`,
    hint: 'one certificate a line: registry.example.com hub.example.com 192.0.2.10',
  });
}

function assertDistinct(lines: readonly BatchLine[], path: string): void {
  const known = new Map<string, number>();
  for (const { line, name } of lines) {
    const before = known.get(name);
    if (before !== undefined) throw twice(name, { path, line, before });
    known.set(name, line);
  }
}

const twice = (
  name: string,
  { path, line, before }: { readonly path: string; readonly line: number; readonly before: number },
): DockerctlError =>
  new DockerctlError({
    code: 'invalid-value',
    message: `${path}:${line}: its files would be called ${name}, like those of line ${before}.`,
    hint: 'put the names of both on one line, or begin one of the lines with another name',
  });

function parseLine(domains: readonly string[], place: string): readonly SubjectName[] {
  try {
    return parseNames({ domains, ips: [], emails: [], uris: [] }).names;
  } catch (error) {
    const { message = '', hint = '' } = error as Partial<DockerctlError>;
    throw new DockerctlError({
      code: 'invalid-value',
      message: `${place}: ${message}`,
      hint: `correct the line; on the command line it would be ${hint}`,
      cause: error,
    });
  }
}
