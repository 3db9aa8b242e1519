import { CUT_OFF, readCertificate, type Certificate } from '../x509/read-certificate.js';
import { givenCertificates } from './given-certificates.js';
import { damaged } from './refusals.js';

/**
 * Every certificate of a file of the operator's, in order, in whatever wrapping people paste; a key may lie beside them. Throws
 * `invalid-certificate` where there is none, or one that cannot be read.
 */
export function readGivenCertificates(bytes: Uint8Array, subject: string): Certificate[] {
  const found = givenCertificates(bytes, subject, { mayHoldKey: true });
  return found.map((one) => {
    if (one.count === 1) return readCertificate(one.der, subject);
    try {
      return readCertificate(one.der, subject);
    } catch {
      throw damaged(subject, one, CUT_OFF);
    }
  });
}
