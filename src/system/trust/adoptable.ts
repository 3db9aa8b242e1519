import { basename, join } from 'node:path';
import type { AdoptedState } from '../../core/declaration/adopt.js';
import { pemBlocks } from '../../core/pki/keys/pem.js';
import { bytesAt } from '../../core/plan/snapshot.js';
import { parseRegistry } from '../../core/registry/address.js';
import {
  criRegistry,
  readsContainerdConfig,
} from '../../core/trust/consumers/containerd-config.js';
import { readsStore, storedNames } from '../../core/trust/consumers/system.js';
import { attempt, isDockerctlError } from '../../errors.js';
import type { Host } from '../../host/host.js';
import { readImage } from '../files/image.js';
import { readSnapshot } from '../files/read-snapshot.js';
import { readAskedServers } from './asked-servers.js';
import { readOwnTrust } from './own-trust.js';

/** Who of the consumers trusts which registry, and the CAs in the system's store that stand there by our name. */
export function trustedHere(
  host: Host,
  certsDir: string,
): Required<Pick<AdoptedState, 'registries' | 'cas'>> {
  const own = readOwnTrust(host);
  const listed = [
    ...registriesIn(host, certsDir).map((one) => ({ ...one, consumer: 'docker' })),
    ...(hasConfigPath(host)
      ? registriesIn(host, own.containerdCerts).map((one) => ({ ...one, consumer: 'containerd' }))
      : []),
    ...registriesIn(host, '/etc/containers/certs.d').map((one) => ({ ...one, consumer: 'podman' })),
    ...own.folders
      .filter(({ consumer }) => consumer === 'buildkit' || consumer === 'k3s')
      .map(({ consumer, registry: name, files }) => {
        const ca = files.flatMap((file) => certificatesIn(Buffer.from(file).toString('latin1')));
        return { consumer, name, ca: ca.length === 0 ? null : ca.join(''), client: false };
      }),
  ].filter(
    ({ name, ca, client, consumer }) =>
      consumer === 'docker' || (isName(name) && (ca !== null || client)),
  );
  const { snapshot } = readSnapshot(host, (seen) => readsStore(null, seen));
  const stored = storedNames(snapshot).map(({ name, path }) => ({
    name,
    pem: certificatesIn(Buffer.from(bytesAt(snapshot, path) ?? []).toString('latin1')).join(''),
  }));
  const names = [...new Set(listed.map(({ name }) => name))];
  const inStore = (name: string) => stored.some((one) => one.name === name.replace(/[[\]:]/g, '_'));
  return {
    registries: names.map((name) => {
      const found = listed.filter((one) => one.name === name);
      const to = found.filter(({ ca }) => ca !== null).map(({ consumer }) => consumer);
      return {
        name,
        ca: found.find(({ ca }) => ca !== null)?.ca ?? null,
        client: found.some(({ client }) => client),
        to: [...new Set([...to, ...(inStore(name) ? ['system'] : [])])],
      };
    }),
    cas: stored.filter(
      ({ name, pem }) => pem !== '' && names.every((one) => one.replace(/[[\]:]/g, '_') !== name),
    ),
  };
}

/** Declared for containerd, a registry also wants `config_path` in config.toml: where ctr alone reads the folder, nothing is declared. */
function hasConfigPath(host: Host): boolean {
  const { snapshot } = readSnapshot(
    host,
    (seen) => readsContainerdConfig(seen),
    () => undefined,
  );
  const path = criRegistry(snapshot)?.table.config_path;
  return typeof path === 'string' && path !== '';
}

function isName(name: string): boolean {
  const address = attempt(() => parseRegistry(name));
  return !isDockerctlError(address) && address.name === name;
}

function registriesIn(host: Host, certsDir: string): AdoptedState['registries'] {
  return foldersIn(host, certsDir).map((folder) => {
    const names = host.fs.list(folder);
    const beside = names.filter((name) => name.endsWith('.crt')).map((name) => join(folder, name));
    const cas = [
      ...new Set([...beside, ...namedByHosts(host, certsDir, basename(folder))]),
    ].flatMap((path) => {
      const image = readImage(host, path);
      return image !== null && 'text' in image.content ? certificatesIn(image.content.text) : [];
    });
    return {
      name: basename(folder),
      ca: cas.length === 0 ? null : [...new Set(cas)].join(''),
      client: names.some((name) => name.endsWith('.cert')),
    };
  });
}

/** The CA of the registry itself, where a hosts.toml names it. */
function namedByHosts(host: Host, certsDir: string, registry: string): readonly string[] {
  const { servers = [] } = readAskedServers(host, certsDir, registry) ?? {};
  return servers.filter(({ address }) => address.name === registry).flatMap(({ ca }) => ca);
}

/** Somebody may have put a private key beside them. */
const certificatesIn = (text: string): string[] =>
  pemBlocks(text).flatMap((block) => (block.label === 'CERTIFICATE' ? [`${block.text}\n`] : []));

function foldersIn({ fs }: Host, folder: string): string[] {
  if (fs.stat(folder, { follow: true })?.kind !== 'folder') return [];
  return fs
    .list(folder)
    .map((name) => join(folder, name))
    .filter((path) => fs.stat(path, { follow: true })?.kind === 'folder');
}
