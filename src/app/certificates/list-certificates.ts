import { statusOf, type CertificateEntry, type Status } from '../../core/pki/authority/entry.js';
import { renewalTime } from '../../core/pki/authority/renewal.js';
import type { Host } from '../../host/host.js';
import { openAuthority, type Authority } from '../../system/authority/authority.js';

export interface ListedCertificate {
  readonly entry: CertificateEntry;
  readonly status: Status;
  /** From when on `certs renew --due` takes it, milliseconds since 1970. */
  readonly renewAfter: number;
}

export interface CertificateList {
  readonly authority: Authority;
  readonly certificates: readonly ListedCertificate[];
}

/** What the authority in `folder` issued; `all`: also what was renewed or replaced. Throws `not-found` where there is none. */
export function listCertificates(
  host: Host,
  folder: string,
  { all }: { readonly all: boolean },
): CertificateList {
  const authority = openAuthority(host, folder);
  const { entries, revoked } = authority;
  const now = host.clock.now();
  const certificates = entries
    .filter(({ place, serial }) => all || place === 'current' || revoked.has(serial))
    .map((entry) => ({
      entry,
      status: statusOf(entry, { revoked, now }),
      renewAfter: renewalTime(entry),
    }));
  return { authority, certificates };
}
