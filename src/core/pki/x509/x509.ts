import { X509Certificate } from 'node:crypto';
import { peekItems } from '../asn1/der-peek.js';
import { oid } from '../asn1/der-writer.js';
import { OID } from '../asn1/oid.js';

/**
 * One certificate, PEM or DER. OpenSSL decodes it lazily: one whose dates or key are none is found out here, and not
 * where they are first looked at. Throws OpenSSL's Error.
 */
export function decodeX509(encoded: string | Uint8Array): X509Certificate {
  const key = typeof encoded === 'string' ? encoded : Buffer.from(encoded).toString('latin1');
  const known = decoded.get(key);
  if (known !== undefined) return known;
  const certificate = decode(encoded);
  if (decoded.size >= MOST_DECODED) decoded.clear();
  decoded.set(key, certificate);
  return certificate;
}

/** A thousand registries may name one authority, and to decode it takes OpenSSL half a millisecond each time. */
const decoded = new Map<string, X509Certificate>();
const MOST_DECODED = 256;

function decode(encoded: string | Uint8Array): X509Certificate {
  const certificate = new X509Certificate(encoded);
  const { validFrom, validTo, publicKey } = certificate;
  if (Number.isNaN(Date.parse(validFrom)) || Number.isNaN(Date.parse(validTo)))
    throw new Error('its dates are none');
  if (publicKey.asymmetricKeyType === undefined) throw new Error('its key is of an unknown kind');
  return certificate;
}

const SHA1_SIGNATURES = [oid(OID.sha1WithRsa), oid(OID.ecdsaWithSha1)];
const EXPLICIT_VERSION = 0xa0;

/** Certificate ::= SEQUENCE { tbsCertificate, signatureAlgorithm, signature } (RFC 5280 4.1). Node 20 does not tell the algorithm. */
export function isSha1Signed({ raw }: X509Certificate): boolean {
  const [, algorithm = EMPTY] = peekItems(raw);
  const [id = EMPTY] = peekItems(algorithm);
  return SHA1_SIGNATURES.some((sha1) => sha1.equals(id));
}

/** Version 1 is the default, and a default is not encoded: the tag of the version is then missing. */
export function isVersion1({ raw }: X509Certificate): boolean {
  const [body = EMPTY] = peekItems(raw);
  return peekItems(body)[0]?.[0] !== EXPLICIT_VERSION;
}

const EMPTY = new Uint8Array();
