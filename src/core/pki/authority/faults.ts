import type { Severity } from '../../plan/finding.js';
import { OID } from '../asn1/oid.js';
import { isSelfIssued, type Certificate } from '../x509/read-certificate.js';
import { isWeakKey } from '../x509/signature.js';
import { daysOf, LONGEST_LEAF_DAYS } from '../x509/validity.js';
import { utcDay, utcTime } from '../../text/utc-time.js';

/** What is held against a certificate. */
export interface CertificateFault {
  readonly code: string;
  readonly severity: Severity;
  readonly applies: (certificate: Certificate, now: number) => boolean;
  /** Who refuses it, or what goes wrong. */
  readonly message: string | ((certificate: Certificate) => string);
  readonly hint: string;
}

const REISSUE = 'dockerctl certs issue --domain NAME makes one without this fault';

const isLeaf = ({ isAuthority }: Certificate): boolean => !isAuthority;
const isServer = (certificate: Certificate): boolean =>
  isLeaf(certificate) && (certificate.extendedKeyUsage?.includes('server') ?? true);

/** What strict clients hold against any certificate: each row was tried on the eleven verifiers of docs/certs.md. */
export const FAULTS: readonly CertificateFault[] = [
  {
    code: 'certificate-expired',
    severity: 'error',
    applies: ({ notAfter }, now) => now > notAfter,
    message: ({ notAfter }) => `it expired on ${utcDay(notAfter)}; every client refuses it`,
    hint: 'dockerctl certs renew NAME',
  },
  {
    code: 'certificate-not-yet-valid',
    severity: 'error',
    applies: ({ notBefore }, now) => now < notBefore,
    message: ({ notBefore }) => `it is not valid before ${utcTime(notBefore)}`,
    hint: 'set the clock right, or wait',
  },
  {
    code: 'certificate-version-1',
    severity: 'error',
    applies: ({ version }) => version < 3,
    message: 'it is of version 1, which has no extensions: strict clients refuse it',
    hint: REISSUE,
  },
  {
    code: 'certificate-sha1',
    severity: 'error',
    applies: (certificate) =>
      !isSelfIssued(certificate) &&
      [OID.sha1WithRsa, OID.ecdsaWithSha1, OID.md5WithRsa].includes(
        certificate.signatureOid as typeof OID.sha1WithRsa,
      ),
    message: 'it is signed with SHA-1 or MD5: docker, skopeo and OpenSSL 3 refuse it',
    hint: REISSUE,
  },
  {
    code: 'certificate-weak-key',
    severity: 'error',
    applies: ({ publicKey }) => isWeakKey(publicKey),
    message: ({ keyType }) => `its key (${keyType}) is one that clients refuse`,
    hint: REISSUE,
  },
  {
    code: 'certificate-serial',
    severity: 'warning',
    applies: ({ serial }) => /^[89a-f]/u.test(serial) || serial.length > 42,
    message: 'its serial is negative or longer than 20 octets: Go 1.23 and pyca refuse it',
    hint: REISSUE,
  },
  {
    code: 'certificate-no-names',
    severity: 'error',
    applies: (certificate) => isServer(certificate) && certificate.names.length === 0,
    message:
      'it has no subject alternative names: docker, skopeo and all of Go ignore the common name',
    hint: REISSUE,
  },
  {
    code: 'certificate-address-as-domain',
    severity: 'error',
    applies: ({ names }) =>
      names.some(({ kind, value }) => kind === 'dns' && /^[\d.]+$|:/u.test(value)),
    message: 'an IP address stands among its DNS names, where docker and skopeo do not look',
    hint: 'dockerctl certs issue --ip ADDRESS',
  },
  {
    code: 'certificate-no-server-usage',
    severity: 'warning',
    applies: (certificate) => isLeaf(certificate) && certificate.extendedKeyUsage === null,
    message: 'it has no extended key usage: Apple wants serverAuth',
    hint: REISSUE,
  },
  {
    code: 'certificate-key-usage',
    severity: 'error',
    applies: (certificate) =>
      isServer(certificate) &&
      !certificate.keyType.startsWith('rsa') &&
      certificate.keyUsage !== null &&
      !certificate.keyUsage.includes('digitalSignature'),
    message:
      'its key usage lacks digitalSignature: GnuTLS, Java and NSS refuse it with a key that is not RSA',
    hint: REISSUE,
  },
  {
    code: 'certificate-too-long',
    severity: 'warning',
    applies: (certificate) => isServer(certificate) && daysOf(certificate) > LONGEST_LEAF_DAYS,
    message: (certificate) =>
      `it is valid for ${daysOf(certificate)} days: Apple's clients accept ${LONGEST_LEAF_DAYS} at most`,
    hint: `dockerctl certs issue --days ${LONGEST_LEAF_DAYS}`,
  },
  {
    code: 'certificate-names-not-critical',
    severity: 'info',
    applies: (certificate) =>
      isServer(certificate) &&
      certificate.subject.length === 0 &&
      certificate.extensions.get(OID.subjectAltName) !== true,
    message: 'its subject is empty and its names are not critical (RFC 5280 4.2.1.6)',
    hint: REISSUE,
  },
  {
    code: 'certificate-no-authority-key-id',
    severity: 'warning',
    applies: (certificate) => !isSelfIssued(certificate) && certificate.authorityKeyId === null,
    message:
      'it lacks the authority key identifier: Python 3.13 and `openssl verify -x509_strict` refuse it',
    hint: REISSUE,
  },
];
