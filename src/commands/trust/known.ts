import { parseRegistry, type RegistryAddress } from '../../core/registry/address.js';
import { insecureEntry } from '../../core/daemon/insecure.js';
import { listConfigured, readsConfigured } from '../../core/trust/configured.js';
import type { ConsumerName } from '../../core/trust/consumer.js';
import { certsDir, READS_CERTS_DIR } from '../../core/trust/containerd.js';
import { listTrusted, type CertFolder, type Trusted } from '../../core/trust/listing.js';
import { readsStore, storedNames } from '../../core/trust/system.js';
import { bytesAt } from '../../core/trust/tree.js';
import { isDockerctlError } from '../../errors.js';
import { readCertFolders } from '../../system/cert-folders.js';
import { listKeyStores } from '../../system/key-stores.js';
import { growTree } from '../../system/tree.js';
import { readDaemonJson } from '../daemon-json.js';
import type { Context } from '../command.js';
import { insecureEntries } from './prove.js';
import { mirrorNames } from './scene.js';

/** Everything that any consumer on this machine trusts in a way of its own. */
export async function readTrusted(context: Context): Promise<Trusted[]> {
  const { document, observed } = await readDaemonJson(context);
  const { host } = context;
  const { tree } = growTree(host, () => READS_CERTS_DIR);
  const folders = [
    ...readCertFolders(host, observed.certsDir, 'docker'),
    ...readCertFolders(host, certsDir(tree), 'containerd'),
    ...readCertFolders(host, '/etc/containers/certs.d', 'podman'),
    ...configuredFiles(context),
    ...storedFiles(context),
    ...(await listKeyStores(host)),
  ];
  const insecure = insecureEntries(document, observed).filter((entry) => !isLoopback(entry));
  return listTrusted(folders, insecure);
}

/** What stands in files of the consumers' own; one that cannot be read is named, and hides no other. */
function configuredFiles({ host, terminal }: Context): CertFolder[] {
  const unread = (path: string) => {
    terminal.note(`${path} cannot be read: what it trusts is not listed`);
  };
  const { tree } = growTree(host, readsConfigured, unread);
  const { configured, notes } = listConfigured(tree);
  for (const note of notes) terminal.note(note);
  return configured.map(({ consumer, registry, paths, insecure }) => ({
    consumer,
    registry,
    files: paths.map((path) => bytesAt(tree, path) ?? Buffer.of()),
    insecure,
  }));
}

function storedFiles({ host }: Context): CertFolder[] {
  const { tree } = growTree(host, (seen) => readsStore(null, seen));
  return storedNames(tree).map(({ name, path }) => ({
    consumer: 'system',
    registry: name,
    files: [bytesAt(tree, path) ?? Buffer.of()],
  }));
}

/** The registries that `trust verify --all` asks: those with certificates, the insecure ones, and the mirrors. */
export async function knownRegistries(context: Context): Promise<RegistryAddress[]> {
  const trusted = await readTrusted(context);
  const { document } = await readDaemonJson(context);
  const names = trusted
    .filter(({ consumer }) => !NAMED_BY_US.includes(consumer))
    .map(({ registry }) => registry);
  return [...new Set([...names, ...mirrorNames(document)])].flatMap(readName);
}

/** Where a CA has a name that we gave it, which need not be a registry's. */
const NAMED_BY_US: readonly ConsumerName[] = ['system', 'java', 'nss'];

/** Networks and the folders `docker.io` and `_default` are no registries that could be asked. */
function readName(name: string): RegistryAddress[] {
  try {
    return insecureEntry(name).kind === 'block' ? [] : [parseRegistry(name)];
  } catch (error) {
    if (isDockerctlError(error)) return [];
    throw error;
  }
}

/** Always there, whatever is configured. */
function isLoopback(entry: string): boolean {
  return entry === '127.0.0.0/8' || entry === '::1/128';
}
