import { join } from 'node:path';
import { fileError } from '../../core/text/file-error.js';
import { certificateFile, keyFile, type CertificateEntry } from '../../core/pki/authority/entry.js';
import { readStoredCertificates, type Certificate } from '../../core/pki/x509/read-certificate.js';
import { DockerctlError, isDockerctlError } from '../../errors.js';
import type { Host } from '../../host/host.js';

/** A certificate of the store. Throws `invalid-certificate` for a damaged one. */
export function readStoredCertificate(
  host: Host,
  folder: string,
  entry: CertificateEntry,
): Certificate {
  const path = join(folder, certificateFile(entry));
  try {
    const [certificate] = readStoredCertificates(host.fs.read(path), path);
    if (certificate !== undefined) return certificate;
  } catch (error) {
    if (!isDockerctlError(error)) throw fileError(error, path, 'read');
  }
  throw unreadable(path, entry);
}

/** The key of a certificate in the store, PEM, or null where somebody else holds it. */
export function readStoredKey(host: Host, folder: string, entry: CertificateEntry): string | null {
  const path = join(folder, keyFile(entry));
  return host.fs.stat(path) === null ? null : Buffer.from(host.fs.read(path)).toString('utf8');
}

const unreadable = (path: string, { name, names }: CertificateEntry): DockerctlError =>
  new DockerctlError({
    code: 'invalid-certificate',
    message: `${path} is damaged: it cannot be read as a certificate.`,
    hint: `restore it from a backup, or \`dockerctl certs issue --force --name ${name}${optionsOf(names)}\``,
  });

/** `dns:a.test` as it is typed: ` --domain a.test`. */
export const optionsOf = (names: readonly string[]): string =>
  names
    .map((name) => name.replace(/^(\w+):/u, (_, kind: string) => ` --${OPTIONS[kind] ?? kind} `))
    .join('');

const OPTIONS: Readonly<Record<string, string>> = { dns: 'domain' };
