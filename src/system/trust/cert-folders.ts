import type { ConsumerName } from '../../core/trust/contributions/consumer.js';
import { NO_TRUST, type ConsumerTrust } from '../../core/trust/contributions/consumer-trust.js';
import { fileError } from '../../core/text/file-error.js';
import { systemErrorCode } from '../../errors.js';
import type { AskedServer } from '../../core/trust/hosts/asked-servers.js';
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
): ConsumerTrust[] {
  return namesIn(host, root).map((registry) => {
    const folder = `${root}/${registry}`;
    const names = namesIn(host, folder);
    const read = (path: string) => contentOf(host, path);
    const asked =
      hostsToml && names.includes('hosts.toml') ? readAskedServers(host, root, registry) : null;
    if (asked !== null) return { consumer, registry, ...byServers(asked, registry, read) };
    const ending = (end: string) =>
      names.filter((name) => name.endsWith(end)).flatMap((name) => read(`${folder}/${name}`));
    return { ...NO_TRUST, consumer, registry, ca: ending('.crt'), client: ending('.cert') };
  });
}

function byServers(
  { servers }: Asked,
  registry: string,
  read: (path: string) => Uint8Array[],
): Omit<ConsumerTrust, 'consumer' | 'registry'> {
  const own = servers.filter(({ address }) => address.name === registry);
  const others = servers.filter((server) => !own.includes(server));
  const cas = (of: readonly AskedServer[]) => new Set(of.flatMap(({ ca }) => ca));
  const clients = (of: readonly AskedServer[]) =>
    new Set(of.flatMap(({ client }) => client.map(([cert]) => cert)));
  const known = new Set([...cas(own), ...clients(own)]);
  const elsewhere = [...new Set([...cas(others), ...clients(others)])];
  return {
    ca: [...cas(own)].flatMap(read),
    client: [...clients(own)].flatMap(read),
    elsewhere: elsewhere.filter((path) => !known.has(path)).flatMap(read),
    insecure: servers.some(({ http, skipVerify }) => http || skipVerify),
    asks: others.length > 0 ? servers.map(({ url }) => url) : [],
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
