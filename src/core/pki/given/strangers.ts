import { peekItems } from '../asn1/der-peek.js';
import type { DockerctlError } from '../../../errors.js';
import { commandOn, outputBeside, plainSource, refused, REQUEST } from './refusals.js';

const SEQUENCE = 0x30;
const INTEGER = 0x02;
const OBJECT_IDENTIFIER = 0x06;
const SET = 0x31;
/** PFX: a sequence that begins with version 3 (RFC 7292 4). */
const VERSION_3 = Buffer.from('020103', 'hex');
/** pbeWithSHAAnd40BitRC2-CBC, the default for certificates up to OpenSSL 1.1 and Java 8; OpenSSL 3 reads it only when told so. */
const RC2_40 = Buffer.from('060a2a864886f70d010c0106', 'hex');

/** Files that are no certificate and are taken for one, by how they begin; null: none of them. */
export function strangerIn(
  bytes: Uint8Array,
  { source, wrapped }: { readonly source: string; readonly wrapped: boolean },
): DockerctlError | null {
  const file = plainSource(source);
  if (isPkcs12(bytes)) return pkcs12(source, Buffer.from(bytes), wrapped);
  if (bytes[0] === SEQUENCE) return inDer(bytes, source);
  const head = Buffer.from(bytes.subarray(0, 512)).toString('latin1');
  const found = HEADS.find(({ begins }) => begins.test(head));
  if (found === undefined) return null;
  const { what, command } = found;
  return refused(source, what, command === null ? null : commandOn(source, command(file)));
}

interface Head {
  readonly begins: RegExp;
  readonly what: string;
  readonly command: ((file: string) => string) | null;
}

const HEADS: readonly Head[] = [
  {
    begins: /^\x1f\x8b/,
    what: 'is compressed (gzip), not a certificate',
    command: (file) => `gunzip -c ${file} >ca.crt`,
  },
  {
    begins: /^PK\x03\x04/,
    what: 'is a zip archive, not a certificate',
    command: (file) => `unzip -l ${file}`,
  },
  {
    begins: /^\xfe\xed\xfe\xed/,
    what: 'is a key store of Java, not a certificate',
    command: (file) => `keytool -list -rfc -keystore ${file} > ${outputBeside(file)}`,
  },
  {
    begins: /^\s*<(?:!doctype html|html)/i,
    what: 'is a web page, not a certificate',
    command: null,
  },
  { begins: /^(?:ssh-|ecdsa-sha2-)/, what: 'is a key of SSH, not a certificate', command: null },
];

function isPkcs12(bytes: Uint8Array): boolean {
  return bytes[0] === SEQUENCE && VERSION_3.equals(peekItems(bytes)[0] ?? new Uint8Array());
}

/** Its password, where it has one, is asked for by openssl: it does not come to us. */
function pkcs12(source: string, bytes: Buffer, wrapped: boolean): DockerctlError {
  const file = plainSource(source);
  const read = wrapped ? `base64 -d ${file} | openssl pkcs12` : `openssl pkcs12 -in ${file}`;
  const legacy = bytes.includes(RC2_40) ? ' -legacy' : '';
  const out = outputBeside(file);
  return refused(
    source,
    'is a PKCS#12 file (p12, pfx): certificates, and maybe a key, under a password',
    `${commandOn(source, `${read} -nokeys${legacy} -out ${out}`)}, then name ${out}`,
  );
}

/** By the first values inside: no certificate begins so (RFC 5280 4.1, 2986 4.1, 5958 2, 5915 3, 8017 A.1). */
function inDer(bytes: Uint8Array, source: string): DockerctlError | null {
  const [first] = peekItems(bytes);
  if (first?.[0] === INTEGER) return refused(source, 'is a private key, not a certificate', null);
  if (first?.[0] !== SEQUENCE) return null;
  const [version, name] = peekItems(first);
  if (version?.[0] === OBJECT_IDENTIFIER && first.length < 64 && bytes.length < 2048)
    return refused(source, 'is a public key, not a certificate', null);
  const isName = name?.[0] === SEQUENCE && (peekItems(name)[0]?.[0] ?? SET) === SET;
  return version?.[0] === INTEGER && version[2] === 0 && version.length === 3 && isName
    ? refused(source, `is ${REQUEST}, and no certificate`, null)
    : null;
}
