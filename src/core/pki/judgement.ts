import type { Finding, Severity } from '../finding.js';
import { OID } from './oid.js';
import { isSelfIssued, type Certificate } from './read-certificate.js';
import { isWeakKey } from './signature.js';
import { DAY_MS, dayOf, daysOf, LONGEST_LEAF_DAYS } from './validity.js';

interface Judgement {
  readonly code: string;
  readonly severity: Severity;
  readonly applies: (certificate: Certificate, now: number) => boolean;
  /** Who refuses it, or what goes wrong. */
  readonly message: (certificate: Certificate) => string;
  readonly hint: string;
}

const REISSUE = 'dockerctl certs issue --domain NAME makes one without this fault';
const REMAKE = 'dockerctl certs init makes an authority without this fault';

const isLeaf = ({ isAuthority }: Certificate): boolean => !isAuthority;
const isServer = (certificate: Certificate): boolean =>
  isLeaf(certificate) && (certificate.extendedKeyUsage?.includes('server') ?? true);
const critical = ({ extensions }: Certificate, id: string): boolean => extensions.get(id) === true;
const always =
  (text: string): ((certificate: Certificate) => string) =>
  () =>
    text;

/** What strict clients hold against a certificate: each row was tried on the eleven verifiers of docs/certs.md. */
const JUDGEMENTS: readonly Judgement[] = [
  {
    code: 'certificate-expired',
    severity: 'error',
    applies: ({ notAfter }, now) => now > notAfter,
    message: ({ notAfter }) => `it expired on ${dayOf(notAfter)}; every client refuses it`,
    hint: 'dockerctl certs renew NAME',
  },
  {
    code: 'certificate-not-yet-valid',
    severity: 'error',
    applies: ({ notBefore }, now) => now < notBefore,
    message: ({ notBefore }) => `it is not valid before ${new Date(notBefore).toISOString()}`,
    hint: 'set the clock right, or wait',
  },
  {
    code: 'certificate-version-1',
    severity: 'error',
    applies: ({ version }) => version < 3,
    message: always('it is of version 1, which has no extensions: strict clients refuse it'),
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
    message: always('it is signed with SHA-1 or MD5: docker, skopeo and OpenSSL 3 refuse it'),
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
    message: always('its serial is negative or longer than 20 octets: Go 1.23 and pyca refuse it'),
    hint: REISSUE,
  },
  {
    code: 'certificate-no-names',
    severity: 'error',
    applies: (certificate) => isServer(certificate) && certificate.names.length === 0,
    message: always(
      'it has no subject alternative names: docker, skopeo and all of Go ignore the common name',
    ),
    hint: REISSUE,
  },
  {
    code: 'certificate-address-as-domain',
    severity: 'error',
    applies: ({ names }) =>
      names.some(({ kind, value }) => kind === 'dns' && /^[\d.]+$|:/u.test(value)),
    message: always(
      'an IP address stands among its DNS names, where docker and skopeo do not look',
    ),
    hint: 'dockerctl certs issue --ip ADDRESS',
  },
  {
    code: 'certificate-no-server-usage',
    severity: 'warning',
    applies: (certificate) => isLeaf(certificate) && certificate.extendedKeyUsage === null,
    message: always('it has no extended key usage: Apple wants serverAuth'),
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
    message: always(
      'its key usage lacks digitalSignature: GnuTLS, Java and NSS refuse it with a key that is not RSA',
    ),
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
      !critical(certificate, OID.subjectAltName),
    message: always('its subject is empty and its names are not critical (RFC 5280 4.2.1.6)'),
    hint: REISSUE,
  },
  {
    code: 'certificate-no-authority-key-id',
    severity: 'warning',
    applies: (certificate) => !isSelfIssued(certificate) && certificate.authorityKeyId === null,
    message: always(
      'it lacks the authority key identifier: Python 3.13 and `openssl verify -x509_strict` refuse it',
    ),
    hint: REISSUE,
  },
  {
    code: 'authority-no-key-usage',
    severity: 'warning',
    applies: ({ isAuthority, keyUsage }) => isAuthority && keyUsage === null,
    message: always(
      'the authority has no key usage, like those of the Harbor guide: Python 3.13 and `openssl verify -x509_strict` refuse all it signs',
    ),
    hint: REMAKE,
  },
  {
    code: 'authority-may-not-sign',
    severity: 'error',
    applies: ({ isAuthority, keyUsage }) =>
      isAuthority && keyUsage !== null && !keyUsage.includes('keyCertSign'),
    message: always('the authority may not sign certificates (its key usage lacks keyCertSign)'),
    hint: REMAKE,
  },
  {
    code: 'authority-constraints-not-critical',
    severity: 'warning',
    applies: (certificate) =>
      certificate.isAuthority && !critical(certificate, OID.basicConstraints),
    message: always(
      'its basicConstraints are not critical, like those of easy-rsa: Python 3.13 and `openssl verify -x509_strict` refuse all it signs',
    ),
    hint: REMAKE,
  },
  {
    code: 'authority-no-subject-key-id',
    severity: 'warning',
    applies: ({ isAuthority, subjectKeyId, version }) =>
      isAuthority && subjectKeyId === null && version === 3,
    message: always(
      'it lacks the subject key identifier: Python 3.13 and `openssl verify -x509_strict` refuse it',
    ),
    hint: REMAKE,
  },
  {
    code: 'authority-open-addresses',
    severity: 'warning',
    applies: ({ constraints }) =>
      constraints !== null &&
      constraints.permitted.dns.length > 0 &&
      constraints.permitted.ip.length === 0 &&
      constraints.excluded.ip.length === 0,
    message: always(
      'its name constraints say nothing about addresses: every client accepts any IP name from it',
    ),
    hint: 'dockerctl certs init --permit DOMAIN closes that',
  },
  {
    code: 'authority-dotted-constraint',
    severity: 'warning',
    applies: ({ constraints }) =>
      constraints?.permitted.dns.some((base) => base.startsWith('.')) ?? false,
    message: always(
      'a name constraint begins with a dot: it leaves the domain itself out, and pyca refuses the chain',
    ),
    hint: 'dockerctl certs init --permit example.com, without the dot',
  },
];

/** `subject` and `path` say which certificate is meant. `now` in milliseconds since 1970. */
export function judge(
  certificate: Certificate,
  place: { readonly subject: string; readonly path?: string; readonly now: number },
): Finding[] {
  const { subject, path, now } = place;
  return JUDGEMENTS.filter(({ applies }) => applies(certificate, now)).map(
    ({ code, severity, message, hint }) => ({
      code,
      severity,
      subject,
      ...(path === undefined ? {} : { path }),
      message: `${message(certificate)}.`,
      hint,
    }),
  );
}

/** What is about to expire, for `certs check`. */
export function judgeExpiry(
  certificate: Certificate,
  place: { readonly subject: string; readonly now: number; readonly withinMs: number },
): Finding[] {
  const { subject, now, withinMs } = place;
  const left = certificate.notAfter - now;
  if (left < 0 || left > withinMs) return [];
  return [
    {
      code: 'certificate-expires-soon',
      severity: 'warning',
      subject,
      message: `it expires on ${dayOf(certificate.notAfter)}, in ${Math.floor(left / DAY_MS)} days.`,
      hint: certificate.isAuthority
        ? 'dockerctl certs init --force, and issue anew'
        : `dockerctl certs renew ${subject}`,
    },
  ];
}
