import { cursor, readAny } from '../go/der/cursor.js';
import { isSignedData, signedDataCertificates } from './containers.js';
import { pemPieces, type PemPiece } from './pem-pieces.js';
import { damaged, keyInside, labelled, noCertificate, type CertificateBlock } from './refusals.js';
import { strangerIn } from './strangers.js';
import { innerOf, textOf } from './wrappings.js';

/** One certificate of a file, and where in it. */
export interface GivenCertificate extends CertificateBlock {
  readonly der: Buffer;
}

/**
 * The certificates of a file of the operator's, in its order, in whatever wrapping people paste: PEM with any text around,
 * DER, PKCS#7, UTF-16, escaped line ends, base64 of any of them. Nothing is decoded beyond that. Throws
 * `invalid-certificate` naming `source` for what is none, for a private key, for PKCS#12, and for a bundle with a block that
 * is damaged; the hint is a command that converts or shows it.
 */
export function givenCertificates(
  bytes: Uint8Array,
  source: string,
  { mayHoldKey = false }: { readonly mayHoldKey?: boolean } = {},
): GivenCertificate[] {
  if (bytes.length === 0) throw noCertificate(source, 'is empty');
  return inBytes(bytes, { source, mayHoldKey, wrapped: false });
}

interface Origin {
  readonly source: string;
  /** Beside the certificates; else that is refused. */
  readonly mayHoldKey: boolean;
  /** The bytes came out of another wrapping: they are not those of the file. */
  readonly wrapped: boolean;
}

const SEQUENCE = 0x30;
const CERTIFICATE = /^(?:X509 |TRUSTED )?CERTIFICATE$|^(?:PKCS7|PKCS #7 SIGNED DATA|CMS)$/;

function inBytes(bytes: Uint8Array, origin: Origin): GivenCertificate[] {
  const stranger = strangerIn(bytes, origin);
  if (stranger !== null) throw stranger;
  if (bytes[0] === SEQUENCE) return inDer(Buffer.from(bytes), origin);
  const { text, hasItsLines } = textOf(bytes);
  const pieces = pemPieces(text);
  const wrapped = origin.wrapped || !hasItsLines;
  if (pieces.length > 0) return inPem(pieces, { ...origin, wrapped });
  const inner = origin.wrapped ? null : innerOf(text);
  if (inner === null) throw noCertificate(origin.source, 'holds no certificate, in PEM or in DER');
  return inBytes(inner, { ...origin, wrapped: true });
}

function inPem(
  pieces: readonly PemPiece[],
  { source, mayHoldKey, wrapped }: Origin,
): GivenCertificate[] {
  const certificates = pieces.filter(({ label }) => CERTIFICATE.test(label));
  const isKeyWelcome = mayHoldKey && certificates.length > 0;
  if (!isKeyWelcome && pieces.some(({ label }) => label.endsWith('PRIVATE KEY')))
    throw keyInside(source, { certificates: certificates.length, wrapped });
  if (certificates.length === 0) throw labelled(source, pieces[0]?.label ?? '');
  return certificates.flatMap(({ der, fault, lines }, at) => {
    const block = { at, count: certificates.length, lines: wrapped ? null : lines };
    if (der === null) throw damaged(source, block, fault);
    return contents(der, source).map((one) => ({ ...block, der: one }));
  });
}

/** One behind the other, as `cat a.der b.der` writes them. What is cut off is the last, for its reader to refuse. */
function inDer(bytes: Buffer, { source }: Origin): GivenCertificate[] {
  const from = cursor(bytes);
  const values: Buffer[] = [];
  for (let next = readAny(from); next !== null; next = readAny(from)) values.push(next.whole);
  const rest = bytes.subarray(from.at);
  const all = rest.every((byte) => BLANK.has(byte)) ? values : [...values, rest];
  const found = all.flatMap((der) => contents(der, source));
  return found.map((der, at) => ({ der, at, count: found.length, lines: null }));
}

/** NUL, line ends and the blank. */
const BLANK = new Set([0x00, 0x0a, 0x0d, 0x20]);

/** One, or those of a PKCS#7, which Windows writes under the label CERTIFICATE, too. */
function contents(der: Buffer, source: string): Buffer[] {
  if (!isSignedData(der)) return [der];
  const found = signedDataCertificates(der);
  if (found.length > 0) return found;
  throw noCertificate(source, 'is a PKCS#7 file (p7b) without a certificate that can be read');
}
