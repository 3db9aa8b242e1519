import { join } from 'node:path';
import {
  buildCrl,
  nextList,
  type ListOrder,
  type RevocationList,
} from '../../core/pki/x509/crl.js';
import { withRevocations } from '../../core/pki/authority/entry.js';
import { issuerFrom, type Signer } from '../../core/pki/authority/issue.js';
import { toPem } from '../../core/pki/keys/pem.js';
import type { Host } from '../../host/host.js';
import { writeIndex } from './authority-index.js';
import { CRL } from './authority-revocations.js';
import { openAuthority, withAuthorityLock, type Authority } from './authority.js';
import { replaceDurably } from '../history/journal.js';

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
  const list = nextList(authority, { ...order, now: host.clock.now() });
  return { list, pem: toPem('X509 CRL', buildCrl(list, issuerFrom(signer))) };
}

/** The same in crl.pem, and what is revoked in the index. Throws `locked` too. */
export const publishCrl = (
  host: Host,
  signer: Signer,
  order: CrlOrder & { readonly folder: string; readonly waitMs: number },
): Promise<SignedList> =>
  withAuthorityLock(host, order, () => {
    const { folder } = order;
    const authority = openAuthority(host, folder);
    const signed = draftCrl(host, { signer, authority }, order);
    replaceDurably(host, join(folder, CRL), signed.pem);
    const revoked = new Map(signed.list.revoked.map((one) => [one.serial, one]));
    writeIndex(host, folder, withRevocations(authority.entries, revoked));
    return signed;
  });
