import { basename } from 'node:path';
import { DockerctlError } from '../../../errors.js';
import { printable } from '../../text/printable.js';
import { shellWord } from '../../text/shell-word.js';

/** Which certificate of a file. */
export interface CertificateBlock {
  /** From 0. */
  readonly at: number;
  readonly count: number;
  /** First and last line in the file, from 1; null where its lines are not those of a text. */
  readonly lines: readonly [number, number] | null;
}

const isAddress = (source: string): boolean => /^https?:\/\//i.test(source);

/** The file that the command of a hint reads, as a word of a shell. */
export const plainSource = (source: string): string =>
  shellWord(isAddress(source) ? 'downloaded' : source);

/** What came from an address is not on this machine yet. */
export const commandOn = (source: string, command: string): string =>
  isAddress(source)
    ? `\`curl -fo downloaded ${shellWord(source)} && ${command}\``
    : `\`${command}\``;

/** Where a command writes what it takes out: never over what it reads. */
export const outputBeside = (file: string): string =>
  basename(file) === 'ca.crt' ? 'ca-plain.crt' : 'ca.crt';

/** null: no command makes a certificate of it. */
export function refused(source: string, what: string, hint: string | null): DockerctlError {
  return new DockerctlError({
    code: 'invalid-certificate',
    message: `${source} ${what}.`,
    hint: hint ?? 'name the certificate of the authority, which begins with BEGIN CERTIFICATE',
  });
}

export const noCertificate = (source: string, what: string): DockerctlError =>
  refused(source, what, `look at it: ${commandOn(source, `head -n 3 ${plainSource(source)}`)}`);

export const REQUEST = 'a certificate request, which an authority is asked to sign';

const WHAT: readonly (readonly [RegExp, string])[] = [
  [/CERTIFICATE REQUEST$/, REQUEST],
  [/^X509 CRL$/, 'a list of revoked certificates (CRL)'],
  [/PUBLIC KEY$/, 'a public key'],
  [/PARAMETERS$/, 'parameters of a key'],
];

/** PEM of another kind, and no certificate beside it. */
export function labelled(source: string, label: string): DockerctlError {
  const what = WHAT.find(([pattern]) => pattern.test(label))?.[1] ?? `a ${printable(label)}`;
  return refused(source, `holds ${what}, and no certificate`, null);
}

/** One block of a bundle cannot be read: whether it is needed nobody can know. */
export function damaged(source: string, block: CertificateBlock, fault: string): DockerctlError {
  const { lines } = block;
  const file = plainSource(source);
  const hint =
    lines === null
      ? `get it anew, and look at what is there: ${commandOn(source, `head -n 3 ${file}`)}`
      : `get it anew, or take it out; look at its lines: ${commandOn(source, `sed -n '${lines[0]},${lines[1]}p' ${file}`)}`;
  return refused(source, `holds a certificate that cannot be read${nameOf(block)}: ${fault}`, hint);
}

/** Empty where there is one. */
function nameOf({ at, count, lines }: CertificateBlock): string {
  const place = lines === null ? '' : `, from line ${lines[0]}`;
  return count === 1 ? '' : ` (certificate ${at + 1} of ${count}${place})`;
}

interface Beside {
  readonly certificates: number;
  readonly wrapped: boolean;
}

export function keyInside(source: string, { certificates, wrapped }: Beside): DockerctlError {
  if (certificates === 0) return refused(source, 'is a private key, not a certificate', null);
  const file = plainSource(source);
  const out = outputBeside(file);
  const command = wrapped
    ? `grep -o 'LS0tLS1CRUdJTiBDRVJU[A-Za-z0-9+/=]*' ${file} | head -n 1 | base64 -d > ${out}`
    : `sed -n '/BEGIN CERT/,/END CERT/p' ${file} > ${out}`;
  return new DockerctlError({
    code: 'invalid-certificate',
    message: `${source} holds a private key, and every user of this machine may read certificates.`,
    hint: `take the certificates out of it: ${commandOn(source, command)}`,
  });
}
