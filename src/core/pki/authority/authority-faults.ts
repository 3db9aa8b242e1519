import type { CertificateFault } from './faults.js';
import { OID } from '../asn1/oid.js';

const REMAKE = 'dockerctl certs init makes an authority without this fault';

/** What strict clients hold against an authority, and so against all that it signs. */
export const AUTHORITY_FAULTS: readonly CertificateFault[] = [
  {
    code: 'authority-no-key-usage',
    severity: 'warning',
    applies: ({ isAuthority, keyUsage }) => isAuthority && keyUsage === null,
    message:
      'the authority has no key usage, like those of the Harbor guide: Python 3.13 and `openssl verify -x509_strict` refuse all it signs',
    hint: REMAKE,
  },
  {
    code: 'authority-may-not-sign',
    severity: 'error',
    applies: ({ isAuthority, keyUsage }) =>
      isAuthority && keyUsage !== null && !keyUsage.includes('keyCertSign'),
    message: 'the authority may not sign certificates (its key usage lacks keyCertSign)',
    hint: REMAKE,
  },
  {
    code: 'authority-constraints-not-critical',
    severity: 'warning',
    applies: ({ isAuthority, extensions }) =>
      isAuthority && extensions.get(OID.basicConstraints) !== true,
    message:
      'its basicConstraints are not critical, like those of easy-rsa: Python 3.13 and `openssl verify -x509_strict` refuse all it signs',
    hint: REMAKE,
  },
  {
    code: 'authority-no-subject-key-id',
    severity: 'warning',
    applies: ({ isAuthority, subjectKeyId, version }) =>
      isAuthority && subjectKeyId === null && version === 3,
    message:
      'it lacks the subject key identifier: Python 3.13 and `openssl verify -x509_strict` refuse it',
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
    message:
      'its name constraints say nothing about addresses: every client accepts any IP name from it',
    hint: '`dockerctl certs init --permit DOMAIN` closes that',
  },
  {
    code: 'authority-dotted-constraint',
    severity: 'warning',
    applies: ({ constraints }) =>
      constraints?.permitted.dns.some((base) => base.startsWith('.')) ?? false,
    message:
      'a name constraint begins with a dot: it leaves the domain itself out, and pyca refuses the chain',
    hint: '`dockerctl certs init --permit example.com`, without the dot',
  },
];
