import { basename } from 'node:path';
import { bytesAt, type Snapshot } from '../../plan/snapshot.js';
import { moveAside, moveCommand, shellWord } from '../../text/shell-word.js';
import { certificatesForGo, readCertificates } from '../../trust/material/certificates.js';

/** Why Go reads no certificate in a file, and the command that puts it right. */
export interface UnreadForm {
  readonly what: string;
  readonly hint: string;
}

const CONTAINED = /^-----BEGIN (?:PKCS7|CMS)-----/m;
const CONTAINER = 'it is a PKCS#7 file (p7b)';

/** The forms of crypto/x509 AppendCertsFromPEM and encoding/pem that people and tools miss; the first that fits. */
const FORMS: readonly (readonly [RegExp, string])[] = [
  [/^(?:\xff\xfe|\xfe\xff)/, 'it is UTF-16'],
  [/^\xef\xbb\xbf\s*-----BEGIN/, 'a byte order mark stands before its first line'],
  [CONTAINED, CONTAINER],
  [/^-----BEGIN (?:TRUSTED|X509) CERTIFICATE-----/m, 'its label is not CERTIFICATE'],
  [/^[ \t]+-----BEGIN /m, 'its lines are indented'],
  [/-----\\n/, 'its line ends are written as \\n'],
  [/-----BEGIN [A-Z0-9 ]{1,40}-----\r(?!\n)/, 'its lines end in carriage returns alone'],
  [/^-----BEGIN CERTIFICATE-----\r?\n[^\n]*:/m, 'header lines stand in its block'],
  [/^\s*[A-Za-z0-9+/][A-Za-z0-9+/=\s]*$/, 'it is base64 without the lines BEGIN and END'],
];

/** null: Go reads something in it, or it is nothing that people take for a certificate. */
export function unreadForm(snapshot: Snapshot, path: string): UnreadForm | null {
  const bytes = bytesAt(snapshot, path);
  if (bytes === null)
    return snapshot.get(path) === null
      ? { what: 'it is a link that leads nowhere', hint: moveAside(path) }
      : null;
  // DER has a finding of its own.
  if (bytes[0] === DER && !Buffer.from(bytes).includes(SIGNED_DATA)) return null;
  if (certificatesForGo(bytes).length > 0) return null;
  const text = Buffer.from(bytes).toString('latin1');
  const what = bytes[0] === DER ? CONTAINER : FORMS.find(([form]) => form.test(text))?.[1];
  return what === undefined ? null : { what, hint: hintFor(bytes, path) };
}

const DER = 0x30;
/** pkcs7-signedData (RFC 2315). */
const SIGNED_DATA = Buffer.from('2a864886f70d010702', 'hex');

function hintFor(bytes: Uint8Array, path: string): string {
  const aside = `/root/${basename(path)}`;
  const added = `dockerctl trust add-ca ${shellWord(aside)}`;
  try {
    readCertificates(bytes, path);
    return `${moveCommand(path, aside)} && ${added}`;
  } catch {
    const command = CONTAINED.test(Buffer.from(bytes).toString('latin1'))
      ? 'pkcs7 -print_certs'
      : bytes[0] === DER
        ? 'pkcs7 -inform DER -print_certs'
        : 'x509';
    return `openssl ${command} -in ${shellWord(path)} -out ${shellWord(aside)} && rm ${shellWord(path)} && ${added}`;
  }
}
