import { join } from 'node:path';
import type { ObservedDaemon } from '../../core/dockerd/observed/observed.js';
import { readRoots, type Roots } from '../../core/trust/diagnosis/roots.js';
import {
  beyondBundle,
  systemCertificates,
  type SystemCertificates,
} from '../../core/trust/diagnosis/system-certificates.js';
import { certificatesForGo } from '../../core/trust/material/certificates.js';
import { SYSTEM_BUNDLES, type Host } from '../../host/host.js';

/** Where the dockerd that runs takes the system's certificates from; without one, where its next start would. */
export function placesOf({ witnesses }: Pick<ObservedDaemon, 'witnesses'>): SystemCertificates {
  const { environment, startEnvironment } = witnesses;
  const next = new Map([...startEnvironment].map(([name, { value }]) => [name, value]));
  return systemCertificates(environment ?? next, SYSTEM_BUNDLES);
}

/** The system's certificates as Go reads them: the first bundle that is there, and what lies in the folders beside it. */
export function readSystemRoots(host: Host, { files, folders }: SystemCertificates): Roots {
  const { path: read, text: bundle } = firstOf(host, files);
  const beside = folders.flatMap((folder) => filesIn(host, folder)).filter((path) => path !== read);
  const texts = beside.flatMap((path) => textOf(host, path) ?? []);
  return readRoots([bundle, ...beyondBundle(bundle, texts)]);
}

/** Where variables of dockerd's environment name other certificates than the system's. */
export interface OtherRoots {
  /** `SSL_CERT_FILE=/etc/x.pem` */
  readonly byVariables: readonly string[];
  /** SHA-256 fingerprints of what dockerd reads. */
  readonly known: ReadonlySet<string>;
}

/** null: dockerd reads the system's. */
export function otherRoots(
  host: Host,
  observed: Pick<ObservedDaemon, 'witnesses'>,
): OtherRoots | null {
  const { files, folders, byVariables } = placesOf(observed);
  if (byVariables.length === 0 || host.self.root !== null) return null;
  const beside = folders.flatMap((folder) => filesIn(host, folder));
  const texts = [firstOf(host, files).text, ...beside.flatMap((path) => textOf(host, path) ?? [])];
  const found = texts.flatMap((text) => certificatesForGo(Buffer.from(text, 'latin1')));
  return { byVariables, known: new Set(found.map(({ fingerprint256 }) => fingerprint256)) };
}

/** The first file that can be read, as Go takes it; those behind it are not looked at. */
function firstOf(host: Host, files: readonly string[]): { path: string | null; text: string } {
  for (const path of files) {
    const text = textOf(host, path);
    if (text !== null) return { path, text };
  }
  return { path: null, text: '' };
}

/** All but links to a name in the same folder (root_unix.go isSameDirSymlink), which are the hashes of c_rehash. */
function filesIn(host: Host, folder: string): string[] {
  try {
    return host.fs
      .list(folder)
      .map((name) => join(folder, name))
      .filter((path) => !isHere(host, path));
  } catch {
    return [];
  }
}

function isHere(host: Host, path: string): boolean {
  return host.fs.stat(path)?.kind === 'link' && !host.fs.readLink(path).includes('/');
}

function textOf(host: Host, path: string): string | null {
  try {
    return Buffer.from(host.fs.read(path)).toString('latin1');
  } catch {
    return null;
  }
}
