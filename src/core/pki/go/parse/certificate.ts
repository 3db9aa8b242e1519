import { cursor, isAtEnd, isNext, enter, read, take, type Cursor } from '../der/cursor.js';
import { explicitTag, contextTag, TAG } from '../../asn1/tags.js';
import { readTime } from '../der/time.js';
import {
  bitsOf,
  booleanOf,
  isNegative,
  isShortest,
  oidOf,
  rightAligned,
  smallOf,
} from '../der/values.js';
import { readName, type DistinguishedName } from '../names/distinguished-name.js';
import type { GoRules } from '../rules/generation.js';
import { refuse, type RefusalReason } from '../rules/refusal.js';
import { readAlgorithm, signatureAlgorithm, type SignatureAlgorithm } from './algorithm.js';
import { noExtensions, readExtensions, type Extensions, type RawExtension } from './extensions.js';
import { readPublicKey, type PublicKey } from './public-key.js';

/** A certificate as crypto/x509 has it. Times in milliseconds since 1970, both ends included. */
export interface GoCertificate extends Readonly<Extensions> {
  readonly raw: Buffer;
  /** The TBSCertificate, which is what is signed. */
  readonly signed: Buffer;
  readonly version: 1 | 2 | 3;
  readonly subject: DistinguishedName;
  readonly issuer: DistinguishedName;
  readonly notBefore: number;
  readonly notAfter: number;
  /** The whole SubjectPublicKeyInfo. */
  readonly spki: Buffer;
  readonly key: PublicKey;
  /** null: an algorithm that Go does not know. */
  readonly algorithm: SignatureAlgorithm | null;
  readonly algorithmOid: string;
  readonly signature: Buffer;
}

const NOT_DER: RefusalReason = ['not-der', 'it is no certificate in DER'];
const MALFORMED = {
  version: ['version-invalid', 'its version is none'],
  serial: ['serial-malformed', 'its serial number is malformed'],
  algorithm: ['signature-malformed', 'its signature algorithm is malformed'],
  key: ['key-malformed', 'its public key is malformed'],
  signature: ['signature-malformed', 'its signature is malformed'],
  validity: ['time-malformed', 'its validity is malformed'],
  extensions: ['extension-malformed', 'its extensions are malformed'],
} satisfies Record<string, RefusalReason>;

/** crypto/x509/parser.go parseCertificate; refused as it does. */
export function parseCertificate(der: Buffer, rules: GoRules): GoCertificate {
  const whole = read(cursor(der), TAG.sequence) ?? refuse(NOT_DER);
  if (whole.whole.length !== der.length)
    refuse(['not-der', 'something follows the certificate in its DER']);
  const outer = cursor(whole.content);
  const body = read(outer, TAG.sequence) ?? refuse(NOT_DER);
  const from = cursor(body.content);
  const version = readVersion(from);
  readSerial(from, rules);
  const inner = take(from, TAG.sequence, MALFORMED.algorithm);
  if (!inner.equals(take(outer, TAG.sequence, MALFORMED.algorithm)))
    refuse(['algorithms-differ', 'it names two different signature algorithms']);
  const algorithm = readAlgorithm(cursor(inner), rules, MALFORMED.algorithm);
  const issuer = readName(from, rules);
  const validity = enter(from, TAG.sequence, MALFORMED.validity);
  const notBefore = readTime(validity, rules);
  const notAfter = readTime(validity, rules);
  const subject = readName(from, rules);
  const spki = (read(from, TAG.sequence) ?? refuse(MALFORMED.key)).whole;
  const key = readPublicKey(spki, rules);
  const extensions = version !== 1 ? extensionsIn(from, version, rules) : noExtensions();
  const signature = bitsOf(read(outer, TAG.bits)?.content) ?? refuse(MALFORMED.signature);
  return {
    ...extensions,
    raw: whole.whole,
    signed: body.whole,
    version,
    subject,
    issuer,
    notBefore,
    notAfter,
    spki,
    key,
    algorithm: signatureAlgorithm(algorithm, rules),
    algorithmOid: algorithm.oid,
    signature: rightAligned(signature),
  };
}

function readVersion(from: Cursor): 1 | 2 | 3 {
  if (!isNext(from, explicitTag(0))) return 1;
  const explicit = enter(from, explicitTag(0), MALFORMED.version);
  const version = smallOf(take(explicit, TAG.integer, MALFORMED.version));
  if (!isAtEnd(explicit)) return refuse(MALFORMED.version);
  if (version === 0n) return 1;
  if (version === 1n) return 2;
  return version === 2n ? 3 : refuse(MALFORMED.version);
}

function readSerial(from: Cursor, { serialNotNegative }: GoRules): void {
  const serial = take(from, TAG.integer, MALFORMED.serial);
  if (!isShortest(serial)) refuse(MALFORMED.serial);
  if (serialNotNegative && isNegative(serial))
    refuse(['serial-negative', 'its serial number is negative']);
}

/** What comes after the key. The extensions of version 2 are not looked at. */
function extensionsIn(from: Cursor, version: 2 | 3, rules: GoRules): Extensions {
  for (const uniqueId of [contextTag(1), contextTag(2)])
    if (isNext(from, uniqueId)) take(from, uniqueId, NOT_DER);
  if (version === 2 || !isNext(from, explicitTag(3))) return noExtensions();
  const bad = MALFORMED.extensions;
  const known = new Map<string, RawExtension>();
  for (const list = enter(enter(from, explicitTag(3), bad), TAG.sequence, bad); !isAtEnd(list);) {
    const extension = readExtension(enter(list, TAG.sequence, bad), rules);
    if (known.has(extension.oid))
      refuse(['extension-duplicate', `it has the extension ${extension.oid} twice`]);
    known.set(extension.oid, extension);
  }
  return readExtensions([...known.values()], rules);
}

function readExtension(from: Cursor, rules: GoRules): RawExtension {
  const bad = MALFORMED.extensions;
  const oid =
    oidOf(take(from, TAG.oid, bad), rules) ??
    refuse(['identifier-too-large', 'the object identifier of an extension is too large']);
  const isCritical = isNext(from, TAG.boolean)
    ? booleanOf(take(from, TAG.boolean, bad), bad)
    : false;
  return { oid, isCritical, value: take(from, TAG.octets, bad) };
}
