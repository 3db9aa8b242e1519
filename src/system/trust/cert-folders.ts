import type { ConsumerName } from '../../core/trust/consumers/consumer.js';
import type { CertFolder } from '../../core/trust/consumers/listing.js';
import { fileError } from '../../core/text/file-error.js';
import { systemErrorCode } from '../../errors.js';
import type { Host } from '../../host/host.js';
import { readAskedServers, type Asked } from './asked-servers.js';

/** Whose folders they are, and whether a hosts.toml in them is read. */
export interface CertReader {
  readonly consumer: ConsumerName;
  readonly hostsToml: boolean;
}

/**
 * The certificates in every folder of a certs.d: no more than one look and one read each, for there may be thousands. Where a
 * hosts.toml is read it speaks alone, and the certificates beside it count where it names them.
 */
export function readCertFolders(
  host: Host,
  root: string,
  { consumer, hostsToml }: CertReader,
): CertFolder[] {
  return namesIn(host, root).map((registry) => {
    const folder = `${root}/${registry}`;
    const names = namesIn(host, folder);
    const read = (path: string) => contentOf(host, path);
    const asked =
      hostsToml && names.includes('hosts.toml') ? readAskedServers(host, root, registry) : null;
    if (asked !== null) return { consumer, registry, ...byServers(asked, registry, read) };
    const files = names.filter((name) => /\.(?:crt|cert)$/.test(name));
    return { consumer, registry, files: files.flatMap((name) => read(`${folder}/${name}`)) };
  });
}

function byServers(
  { servers }: Asked,
  registry: string,
  read: (path: string) => Uint8Array[],
): Omit<CertFolder, 'consumer' | 'registry'> {
  const paths = servers.flatMap(({ ca, client }) => [...ca, ...client.map(([cert]) => cert)]);
  const elsewhere = servers.filter(({ address }) => address.name !== registry);
  return {
    files: [...new Set(paths)].flatMap(read),
    insecure: servers.some(({ http, skipVerify }) => http || skipVerify),
    asks: elsewhere.length > 0 ? servers.map(({ url }) => url) : [],
  };
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
