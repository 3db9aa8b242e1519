import { DockerctlError } from '../../errors.js';
import { parseNames, type ParsedNames } from './names.js';

export interface BatchLine {
  readonly line: number;
  readonly parsed: ParsedNames;
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
    return [{ line, parsed: parseLine(domains, `${path}:${line}`) }];
  });
  if (lines.length > 0) return lines;
  throw new DockerctlError({
    code: 'invalid-value',
    message: `${path} names no certificate.`,
    hint: 'one certificate a line: registry.example.com hub.example.com 192.0.2.10',
  });
}

function parseLine(domains: readonly string[], place: string): ParsedNames {
  try {
    const { names } = parseNames({ domains, ips: [], emails: [], uris: [] });
    return { names, notes: [] };
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
