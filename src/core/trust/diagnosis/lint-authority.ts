import type { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { moveAside, shellWord } from '../../text/shell-word.js';
import {
  certificatesForGo,
  holdsPrivateKey,
  isAuthority,
  isExpired,
  nameOf,
  parseCertificates,
} from '../material/certificates.js';
import type { CertsFolder, LintProblem, LintTarget } from './lint-place.js';
import { bytesAt } from '../../plan/snapshot.js';
import { utcDay } from '../../text/utc-time.js';

/** What Go does not see in a file of CAs, and what is wrong with those that it sees. */
export function checkAuthority({ path, snapshot, place }: LintTarget): LintProblem[] {
  const bytes = bytesAt(snapshot, path);
  const certificates = certificatesForGo(bytes);
  const unseen = parseCertificates(bytes).filter(
    ({ fingerprint256 }) => !certificates.some((one) => one.fingerprint256 === fingerprint256),
  );
  return [
    ...(certificates.length === 0 || unseen.length > 0
      ? [unreadable(path, { bytes, unseen, some: certificates.length > 0 })]
      : []),
    ...(certificates.length === 0 ? [] : judged(certificates, place, path)),
  ];
}

function unreadable(
  path: string,
  file: {
    readonly bytes: Uint8Array | null;
    readonly unseen: readonly X509Certificate[];
    readonly some: boolean;
  },
): LintProblem {
  const { bytes, unseen, some } = file;
  const [first] = unseen;
  if (first === undefined) {
    return {
      code: 'trust-ca-unreadable',
      severity: 'error',
      message: `it holds no certificate in PEM: ${NO_USE}`,
      hint: moveAside(path),
    };
  }
  return {
    code: 'trust-ca-unreadable',
    severity: some ? 'warning' : 'error',
    message: some
      ? `docker does not see ${nameOf(first.subject)} in it${whyUnseen(bytes)}: what that authority signed is refused.`
      : `it holds no certificate in PEM that Go reads${whyUnseen(bytes)}: ${NO_USE}`,
    hint: rewrite(path, bytes),
  };
}

const NO_USE = 'pulls through containerd and BuildKit fail, the others ignore it.';

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

function whyUnseen(bytes: Uint8Array | null): string {
  if (bytes?.[0] === 0x30) return ' (it is DER)';
  if (BYTE_ORDER_MARK.every((byte, index) => bytes?.[index] === byte))
    return ' (a byte order mark stands before -----BEGIN, which must begin its line)';
  const label = /-----BEGIN ((?:X509|TRUSTED) CERTIFICATE)-----/.exec(
    Buffer.from(bytes ?? []).toString('latin1'),
  )?.[1];
  return label === undefined
    ? ' (-----BEGIN and -----END must begin their lines, and nothing but base64 stand between)'
    : ` (its label is ${label}, and must be CERTIFICATE)`;
}

/** `doctor --fix` writes what it reads anew, in plain PEM; with a key beside it, it would lose that. */
function rewrite(path: string, bytes: Uint8Array | null): string {
  if (bytes?.[0] === 0x30)
    return `openssl x509 -inform DER -in ${shellWord(path)} -out ${shellWord(path)}`;
  return holdsPrivateKey(bytes) ? moveAside(path) : 'dockerctl doctor --fix trust-ca-unreadable';
}

function judged(
  certificates: readonly X509Certificate[],
  place: CertsFolder,
  path: string,
): LintProblem[] {
  const authorities = certificates.filter(isAuthority);
  if (authorities.length === 0) {
    return [
      {
        code: 'trust-ca-is-leaf',
        severity: 'warning',
        message: `it holds a server's certificate (${nameOf(certificates[0]?.subject ?? '')}) and no authority: trust ends when the registry renews it.`,
        hint: fetchInstead(place, path),
      },
    ];
  }
  const { now } = place;
  return authorities
    .filter((one) => now !== undefined && isExpired(one, now))
    .map((one) => ({
      code: 'trust-ca-expired',
      severity: authorities.length === 1 ? 'error' : 'warning',
      message: `${nameOf(one.subject)} expired on ${utcDay(one.validTo)}: what it signed is refused.`,
      hint: fetchInstead(place, path),
    }));
}

/** The registry knows its CA of today, and a person compares the fingerprint; another file of that kind goes aside first. */
function fetchInstead({ registry, folder }: CertsFolder, path: string): string {
  const fetch = `dockerctl trust add-registry ${shellWord(registry)} --fetch`;
  return path === join(folder, 'ca.crt') ? fetch : `${moveAside(path)} && ${fetch}`;
}
