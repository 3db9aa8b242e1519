/** The two facts about a certificate that node:crypto does not tell (Node 20: no signatureAlgorithm, no version). */

/** 1.2.840.113549.1.1.5 and 1.2.840.10045.4.1, DER: RSA and ECDSA with SHA-1. */
const SHA1_SIGNATURES = ['06092a864886f70d010105', '06072a8648ce3d0401'];
const EXPLICIT_VERSION = 0xa0;

/** Certificate ::= SEQUENCE { tbsCertificate, signatureAlgorithm, signature } (RFC 5280, 4.1). */
export function isSha1Signed(certificate: Uint8Array): boolean {
  const body = contents(certificate);
  const algorithm = contents(body.subarray(bounds(body).end));
  const hex = Buffer.from(algorithm).toString('hex');
  return SHA1_SIGNATURES.some((oid) => hex.startsWith(oid));
}

/** Version 1 is the default, and a default is not encoded: the tag of the version is then missing. */
export function isVersion1(certificate: Uint8Array): boolean {
  return contents(contents(certificate))[0] !== EXPLICIT_VERSION;
}

function bounds(der: Uint8Array): { start: number; end: number } {
  const first = der[1] ?? 0;
  if (first < 0x80) return { start: 2, end: 2 + first };
  const start = 2 + (first & 0x7f);
  const length = der.subarray(2, start).reduce((sum, byte) => sum * 256 + byte, 0);
  return { start, end: start + length };
}

function contents(der: Uint8Array): Uint8Array {
  const { start, end } = bounds(der);
  return der.subarray(start, end);
}
