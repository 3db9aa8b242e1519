import { join } from 'node:path';
import { buildCrl, type Revocation, type RevocationList } from '../core/pki/crl.js';
import { issuerFrom, type Signer } from '../core/pki/issue.js';
import { toPem } from '../core/pki/pem.js';
import { DAY_MS } from '../core/pki/validity.js';
import type { Host } from '../host/host.js';
import { CRL, openAuthority, withAuthorityLock } from './authority.js';
import { replaceDurably } from './journal.js';

export interface ListOrder {
  readonly folder: string;
  readonly waitMs: number;
  /** How long the list is good for. */
  readonly days: number;
  /** What comes on it beside what is on the last one. */
  readonly revoke: readonly Revocation[];
}

/** A new revocation list, one number up, in crl.pem: there it is also our own record of what was revoked. */
export function publishCrl(host: Host, signer: Signer, order: ListOrder): Promise<RevocationList> {
  const { folder, days, revoke } = order;
  return withAuthorityLock(host, order, () => {
    const { crl, revoked } = openAuthority(host, folder);
    const fresh = revoke.filter(({ serial }) => !revoked.has(serial));
    const now = host.clock.now();
    const list: RevocationList = {
      number: (crl?.number ?? 0) + 1,
      thisUpdate: now,
      nextUpdate: now + days * DAY_MS,
      revoked: [...(crl?.revoked ?? []), ...fresh],
    };
    const der = buildCrl(list, issuerFrom(signer));
    replaceDurably(host, join(folder, CRL), toPem('X509 CRL', der));
    return list;
  });
}
