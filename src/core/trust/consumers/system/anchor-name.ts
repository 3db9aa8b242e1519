import type { X509Certificate } from 'node:crypto';

const OURS = 'dockerctl-';

/** What a CA is called in a store that many share: `dockerctl-registry.test_5000-1f2e3d4c`. One certificate, one name. */
export function anchorName(owner: string, { fingerprint256 }: X509Certificate): string {
  const id = fingerprint256.replaceAll(':', '').slice(0, 8).toLowerCase();
  return `${OURS}${plain(owner)}-${id}`;
}

/** The owner as far as the name tells it: `registry.test_5000`; null where the name is not one of ours. */
export function anchorOwner(name: string): string | null {
  return /^dockerctl-(.*)-[0-9a-f]{8}$/.exec(name)?.[1] ?? null;
}

export function isAnchorOf(owner: string, name: string): boolean {
  return anchorOwner(name) === plain(owner);
}

function plain(owner: string): string {
  return owner.replace(/[^A-Za-z0-9.-]/g, '_');
}
