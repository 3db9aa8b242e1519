import type { ConsumerName } from '../../core/trust/consumers/consumer.js';
import type { CertFolder } from '../../core/trust/consumers/listing.js';
import { fileError } from '../../core/text/file-error.js';
import { systemErrorCode } from '../../errors.js';
import type { Host } from '../../host/host.js';

/** The certificates in every folder of a certs.d: no more than one look and one read each, for there may be thousands. */
export function readCertFolders(host: Host, root: string, consumer: ConsumerName): CertFolder[] {
  return namesIn(host, root).map((registry) => {
    const folder = `${root}/${registry}`;
    const names = namesIn(host, folder);
    const read = (name: string) => contentOf(host, `${folder}/${name}`);
    return {
      consumer,
      registry,
      files: names.filter((name) => /\.(?:crt|cert)$/.test(name)).flatMap(read),
      insecure: names.includes('hosts.toml') && read('hosts.toml').some(skipsVerification),
    };
  });
}

/** containerd docs/hosts.md. A look at the text: there may be thousands. */
function skipsVerification(bytes: Uint8Array): boolean {
  return /^\s*skip_verify\s*=\s*true\b/m.test(Buffer.from(bytes).toString('latin1'));
}

/** None where there is no folder. */
function namesIn(host: Host, path: string): string[] {
  try {
    return host.fs.list(path);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ELOOP'].includes(systemErrorCode(error) ?? '')) return [];
    throw fileError(error, path, 'read');
  }
}

/** A dangling link, a folder and a FIFO hold no certificate; trust verify says more about them. */
function contentOf(host: Host, path: string): Uint8Array[] {
  try {
    return [host.fs.read(path)];
  } catch (error) {
    if (systemErrorCode(error) === 'EACCES') throw fileError(error, path, 'read');
    return [];
  }
}
