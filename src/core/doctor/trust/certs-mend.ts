import type { Finding } from '../../plan/finding.js';
import type { FileChange, Plan } from '../../plan/plan.js';
import {
  holdsPrivateKey,
  isAuthority,
  parseCertificates,
  toPem,
} from '../../trust/material/certificates.js';
import { bytesAt, namesIn, type Tree } from '../../plan/snapshot.js';
import { mendPlan, renameFile, restrictFile, rewriteFile } from '../mend.js';

/** What mends a file in a folder of certs.d without anybody's choice: other findings keep to their hint. */
const MENDS: Readonly<Record<string, (tree: Tree, path: string) => readonly FileChange[]>> = {
  'trust-key-readable': (tree, path) => restrictFile(tree, path, 0o600),
  'trust-key-without-cert': (tree, path) => renameFile(tree, path, `${path}.unused`),
  'trust-cert-without-key': (tree, path) => {
    const [leaf] = parseCertificates(bytesAt(tree, path));
    const isCa = leaf !== undefined && isAuthority(leaf);
    return renameFile(tree, path, isCa ? path.replace(/cert$/, 'crt') : `${path}.unused`);
  },
  'trust-file-ignored': (tree, path) => {
    const certificates = parseCertificates(bytesAt(tree, path));
    const target = path.replace(/\.[^.]*$/, '.crt');
    return isPem(tree, path) && certificates.some(isAuthority)
      ? renameFile(tree, path, target)
      : [];
  },
  'trust-ca-unreadable': (tree, path) => {
    const bytes = bytesAt(tree, path);
    const certificates = parseCertificates(bytes);
    return certificates.length === 0 || holdsPrivateKey(bytes)
      ? []
      : rewriteFile(tree, path, toPem(certificates));
  },
};

export const MENDED_CERTIFICATES: ReadonlySet<string> = new Set(Object.keys(MENDS));

export function mendCertificate(tree: Tree, finding: Finding): Finding {
  const changes = MENDS[finding.code]?.(tree, finding.path ?? '') ?? [];
  return changes.length === 0 ? finding : { ...finding, fix: mendPlan(finding.code, changes) };
}

function isPem(tree: Tree, path: string): boolean {
  return Buffer.from(bytesAt(tree, path) ?? [])
    .toString('latin1')
    .includes('-----BEGIN');
}

/** Every file of the folder goes to the other; null where something in it is no file. */
export function renameFolder(
  tree: Tree,
  { code, from, to }: { readonly code: string; readonly from: string; readonly to: string },
): Plan | null {
  const names = namesIn(tree, from);
  const changes = names.flatMap((name) => renameFile(tree, `${from}/${name}`, `${to}/${name}`));
  if (names.length === 0 || changes.length !== names.length * 2) return null;
  return mendPlan(code, changes, { prune: [from] });
}
