import { peekContent, peekItems } from '../asn1/der-peek.js';

/** pkcs7-signedData, 1.2.840.113549.1.7.2, as the first value of a ContentInfo (RFC 2315 7). */
const SIGNED_DATA = Buffer.from('06092a864886f70d010702', 'hex');
/** [0] IMPLICIT, constructed: SignedData.certificates (RFC 2315 9.1). */
const CERTIFICATES = 0xa0;
const SEQUENCE = 0x30;

export const isSignedData = (der: Uint8Array): boolean =>
  der[0] === SEQUENCE && SIGNED_DATA.equals(peekItems(der)[0] ?? new Uint8Array());

/** The certificates that a PKCS#7 carries, in its order: what browsers and Windows export as a chain (p7b). */
export function signedDataCertificates(der: Uint8Array): Buffer[] {
  const [, explicit] = peekItems(der);
  const [signedData] = explicit === undefined ? [] : peekItems(explicit);
  const parts = signedData === undefined ? [] : peekItems(signedData);
  const list = parts.find((part) => part[0] === CERTIFICATES);
  const all = list === undefined ? [] : peekItems(list);
  return all
    .filter((one) => one[0] === SEQUENCE && peekContent(one).length > 0)
    .map((one) => Buffer.from(one));
}
