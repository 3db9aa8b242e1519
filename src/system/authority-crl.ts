import { join } from 'node:path';
import { buildCrl, nextList, type ListOrder, type RevocationList } from '../core/pki/crl.js';
import { issuerFrom, type Signer } from '../core/pki/issue.js';
import { toPem } from '../core/pki/pem.js';
import type { Host } from '../host/host.js';
import { CRL, openAuthority, withAuthorityLock, type Authority } from './authority.js';
import { replaceDurably } from './journal.js';

export interface SignedList {
  readonly list: RevocationList;
  readonly pem: string;
}

export type CrlOrder = Omit<ListOrder, 'now'>;

/** The list that comes next, in memory only. Throws `invalid-value`. */
export function draftCrl(
  host: Host,
  { signer, authority }: { readonly signer: Signer; readonly authority: Authority },
  order: CrlOrder,
): SignedList {
  const list = nextList(authority.crl, { ...order, now: host.clock.now() });
  return { list, pem: toPem('X509 CRL', buildCrl(list, issuerFrom(signer))) };
}

/** The same in crl.pem: there it is also our own record of what was revoked. Throws `locked` too. */
export const publishCrl = (
  host: Host,
  signer: Signer,
  order: CrlOrder & { readonly folder: string; readonly waitMs: number },
): Promise<SignedList> =>
  withAuthorityLock(host, order, () => {
    const { folder } = order;
    const signed = draftCrl(host, { signer, authority: openAuthority(host, folder) }, order);
    replaceDurably(host, join(folder, CRL), signed.pem);
    return signed;
  });
