import type { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { parseCertificates } from '../../core/trust/material/certificates.js';
import type { Host } from '../../host/host.js';
import { authorityFolder, ROOT_CERTIFICATE } from '../authority/authority.js';

/** The root of this machine's own authority; null where there is none, or none that this user may read. */
export function ownRoot(host: Host): X509Certificate | null {
  try {
    const path = join(authorityFolder(host, undefined), ROOT_CERTIFICATE);
    return parseCertificates(host.fs.read(path))[0] ?? null;
  } catch {
    return null;
  }
}
