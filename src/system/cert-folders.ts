import type { ConsumerName } from '../core/trust/consumer.js';
import type { CertFolder } from '../core/trust/listing.js';
import { fileError } from '../core/file-error.js';
import { systemErrorCode } from '../errors.js';
import type { Host } from '../host/host.js';

/** The certificates in every folder of a certs.d: no more than one look and one read each, for there may be thousands. */
export function readCertFolders(host: Host, root: string, consumer: ConsumerName): CertFolder[] {
  return namesIn(host, root).map((registry) => {
    const folder = `${root}/${registry}`;
    const files = namesIn(host, folder).filter((name) => /\.(?:crt|cert)$/.test(name));
    return {
      consumer,
      registry,
      files: files.flatMap((name) => contentOf(host, `${folder}/${name}`)),
    };
  });
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
