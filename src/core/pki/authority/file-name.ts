import { hash } from 'node:crypto';
import { DockerctlError } from '../../../errors.js';
import { printable } from '../../text/printable.js';

/** File systems take 255 bytes, and old/NAME.SERIAL.crt has 37 more. */
const LONGEST = 200;

/** What files of a certificate are called, by its first name: `*.example.com` → `_wildcard.example.com`, no colon of an IPv6 address. */
export function fileNameFor(name: string): string {
  const safe = name
    .replace(/^\*/u, '_wildcard')
    .replaceAll(':', '-')
    .replace(/[^\w.@-]/gu, '_')
    // Neither hidden nor taken for an option.
    .replace(/^[.-]/u, '_$&');
  return safe.length <= LONGEST
    ? safe
    : `${safe.slice(0, LONGEST - 17)}-${hash('sha256', name).slice(0, 16)}`;
}

/** The same for `--name`. Throws `invalid-value` for what was meant as a path, or for nothing. */
export function typedFileName(name: string): string {
  if (/^[^./-][^/]*$/u.test(name.trim())) return fileNameFor(name);
  throw new DockerctlError({
    code: 'invalid-value',
    message: `"${printable(name)}" cannot name a certificate: its files are called so, and a name has no slash and begins with neither dot nor hyphen.`,
    hint: '--name registry, and --out DIR for a folder',
  });
}
