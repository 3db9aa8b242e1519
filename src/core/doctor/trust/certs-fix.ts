import type { Finding } from '../../plan/finding.js';
import type { FileChange, Plan } from '../../plan/plan.js';
import {
  holdsPrivateKey,
  isAuthority,
  parseCertificates,
  toPem,
} from '../../trust/material/certificates.js';
import { bytesAt, namesIn, type Snapshot } from '../../plan/snapshot.js';
import { asideName, fixPlan, renameFile, restrictFile, rewriteFile } from '../fix-plan.js';

/** What fixes a file in a folder of certs.d without anybody's choice: other findings keep to their hint. */
const FIXES: Readonly<Record<string, (snapshot: Snapshot, path: string) => readonly FileChange[]>> =
  {
    'trust-key-readable': (snapshot, path) => restrictFile(snapshot, path, 0o600),
    'trust-server-key': (snapshot, path) =>
      [path, path.replace(/cert$/, 'key')].flatMap((one) =>
        renameFile(snapshot, one, asideName(snapshot, one, 'unused')),
      ),
    'trust-key-without-cert': (snapshot, path) =>
      renameFile(snapshot, path, asideName(snapshot, path, 'unused')),
    'trust-cert-without-key': (snapshot, path) => {
      const [leaf] = parseCertificates(bytesAt(snapshot, path));
      const isCa = leaf !== undefined && isAuthority(leaf);
      return renameFile(
        snapshot,
        path,
        isCa ? path.replace(/cert$/, 'crt') : asideName(snapshot, path, 'unused'),
      );
    },
    'trust-file-ignored': (snapshot, path) => {
      const certificates = parseCertificates(bytesAt(snapshot, path));
      const target = path.replace(/\.[^.]*$/, '.crt');
      return isPem(snapshot, path) && certificates.some(isAuthority)
        ? renameFile(snapshot, path, target)
        : [];
    },
    'trust-ca-unreadable': (snapshot, path) => {
      const bytes = bytesAt(snapshot, path);
      const certificates = parseCertificates(bytes);
      return certificates.length === 0 || holdsPrivateKey(bytes)
        ? []
        : rewriteFile(snapshot, path, toPem(certificates));
    },
  };

/** A registry may take the certificate of a server from its clients, too: only whoever runs them can say. */
const NAMED_FIXES: readonly string[] = ['trust-server-key'];

/** Those that nobody could want otherwise. */
export const FIXED_CERTIFICATES: ReadonlySet<string> = new Set(
  Object.keys(FIXES).filter((code) => !NAMED_FIXES.includes(code)),
);

export function fixCertificate(snapshot: Snapshot, finding: Finding): Finding {
  const changes = FIXES[finding.code]?.(snapshot, finding.path ?? '') ?? [];
  return changes.length === 0 ? finding : { ...finding, fix: fixPlan(finding.code, changes) };
}

function isPem(snapshot: Snapshot, path: string): boolean {
  return Buffer.from(bytesAt(snapshot, path) ?? [])
    .toString('latin1')
    .includes('-----BEGIN');
}

/** Every file of the folder goes to the other; null where something in it is no file. */
export function renameFolder(
  snapshot: Snapshot,
  { code, from, to }: { readonly code: string; readonly from: string; readonly to: string },
): Plan | null {
  const names = namesIn(snapshot, from);
  const changes = names.flatMap((name) => renameFile(snapshot, `${from}/${name}`, `${to}/${name}`));
  if (names.length === 0 || changes.length !== names.length * 2) return null;
  return fixPlan(code, changes, { prune: [from] });
}
