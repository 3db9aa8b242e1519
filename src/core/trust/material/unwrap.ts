import { DockerctlError } from '../../../errors.js';
import { shellWord } from '../../text/shell-word.js';

const BEGIN = '-----BEGIN ';
const UTF16: readonly (readonly [number, number, 'utf-16le' | 'utf-16be'])[] = [
  [0xff, 0xfe, 'utf-16le'],
  [0xfe, 0xff, 'utf-16be'],
];
/** pkcs7-signedData, 1.2.840.113549.1.7.2 (RFC 2315). */
const SIGNED_DATA = Buffer.from('06092a864886f70d010702', 'hex');
/** PFX: a sequence that begins with version 3 (RFC 7292). */
const PFX = /^30(?:82....|83......|81..|[0-7].)020103/;

/**
 * A certificate file without what chats, consoles and editors wrap around it: UTF-16, line ends that are escaped (`\n`, as in
 * JSON and YAML), carriage returns alone, indentation, base64 of the whole. Bytes that need none of it come back as they
 * are. Throws `invalid-certificate` for containers (PKCS#7, PKCS#12), with the command that takes the certificates out.
 */
export function unwrapCertificates(bytes: Uint8Array, source: string): Uint8Array {
  refuseContainer(bytes, source);
  const text = plainText(bytes);
  if (text === null) return bytes;
  const inner = text.includes(BEGIN) ? null : fromBase64(text);
  if (inner !== null) {
    refuseContainer(inner, source);
    return unwrapCertificates(inner, source);
  }
  if (!text.includes(BEGIN)) return bytes;
  const flat = text.includes('\\n') ? text.replaceAll('\\r', '').replaceAll('\\n', '\n') : text;
  const lines = flat.replace(/\r\n?/g, '\n').split('\n');
  return Buffer.from(lines.map((line) => line.replace(/^[ \t>|"']+|[ \t"',]+$/g, '')).join('\n'));
}

/** null where it is no text. */
function plainText(bytes: Uint8Array): string | null {
  const wide = UTF16.find(([first, second]) => bytes[0] === first && bytes[1] === second);
  if (wide !== undefined) {
    const [, , encoding] = wide;
    const words = Buffer.from(bytes.subarray(2, bytes.length - (bytes.length % 2)));
    return (encoding === 'utf-16be' ? words.swap16() : words).toString('utf16le');
  }
  const text = Buffer.from(bytes)
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '');
  return text.includes('\0') ? null : text;
}

/** What is base64 from end to end, and PEM or DER inside. */
function fromBase64(text: string): Buffer | null {
  const body = text.replace(/\s+/g, '').replace(/^["']|["']$/g, '');
  if (!/^[A-Za-z0-9+/]{64,}={0,2}$/.test(body)) return null;
  const inner = Buffer.from(body, 'base64');
  return inner[0] === 0x30 || inner.includes(BEGIN) ? inner : null;
}

function refuseContainer(bytes: Uint8Array, source: string): void {
  const head = Buffer.from(bytes.subarray(0, 64));
  const text = Buffer.from(bytes.subarray(0, 4096)).toString('latin1');
  const file = shellWord(source);
  if (/-----BEGIN (?:PKCS7|CMS)-----/.test(text))
    throw container(source, 'a PKCS#7 file (p7b)', `openssl pkcs7 -print_certs -in ${file}`);
  if (head[0] !== 0x30) return;
  if (head.includes(SIGNED_DATA))
    throw container(
      source,
      'a PKCS#7 file (p7b)',
      `openssl pkcs7 -inform DER -print_certs -in ${file}`,
    );
  if (PFX.test(head.toString('hex')))
    throw container(
      source,
      'a PKCS#12 file (p12, pfx)',
      `openssl pkcs12 -in ${file} -cacerts -nokeys`,
    );
}

function container(source: string, what: string, command: string): DockerctlError {
  return new DockerctlError({
    code: 'invalid-certificate',
    message: `${source} is ${what}: certificates, and maybe a key, in a container that dockerd does not read.`,
    hint: `\`${command} -out ca.crt\`, then --ca ca.crt`,
  });
}
