import type { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import type { TrustSituation } from '../../core/declaration/desired-trust.js';
import { statePaths } from '../../core/transaction/state-paths.js';
import { parseCertificates } from '../../core/trust/material/certificates.js';
import { matchesFingerprint, plainFingerprint } from '../../core/trust/diagnosis/fetched.js';
import { isDockerctlError } from '../../errors.js';
import type { Host } from '../../host/host.js';
import { replaceDurably } from '../history/journal.js';

/** The certificate with this fingerprint, of the files where it may be; null where none has it. */
export function findByFingerprint(
  { fs }: Host,
  paths: readonly string[],
  fingerprint: string,
): X509Certificate | null {
  for (const path of paths) {
    const isFile = fs.stat(path, { follow: true })?.kind === 'file';
    const found = parseCertificates(isFile ? fs.read(path) : null).find((one) =>
      matchesFingerprint(one, fingerprint),
    );
    if (found !== undefined) return found;
  }
  return null;
}

/** A fingerprint fixes the bytes: who has them need not ask the registry again. */
export function keptPath({ self }: Host, fingerprint: string): string {
  return join(statePaths(self).stateFolder, 'fetched', `${plainFingerprint(fingerprint)}.pem`);
}

/** Keeps the declared CAs that were had by their fingerprint. Where that cannot be written, the next scan tries again. */
export function keepFetched(host: Host, { registries }: TrustSituation): void {
  for (const { declared, material } of registries) {
    const fingerprint = declared.ca?.fingerprint;
    if (fingerprint === undefined || isDockerctlError(material) || material.ca === null) continue;
    const path = keptPath(host, fingerprint);
    if (findByFingerprint(host, [path], fingerprint) !== null) continue;
    try {
      replaceDurably(host, path, material.ca);
    } catch {
      return;
    }
  }
}
