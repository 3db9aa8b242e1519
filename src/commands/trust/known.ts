import { parseRegistry, type RegistryAddress } from '../../core/registry/address.js';
import { insecureEntry } from '../../core/daemon/insecure.js';
import {
  listTrusted,
  readsTrusted,
  type CertFolders,
  type Trusted,
} from '../../core/trust/listing.js';
import { isDockerctlError } from '../../errors.js';
import { growTree } from '../../system/tree.js';
import { readDaemonJson } from '../change.js';
import type { Context } from '../command.js';
import { insecureEntries } from './prove.js';
import { mirrorNames } from './scene.js';

/** Everything that any consumer on this machine trusts in a way of its own. */
export async function readTrusted(context: Context): Promise<Trusted[]> {
  const { document, observed } = await readDaemonJson(context);
  const folders: CertFolders[] = [
    { consumer: 'docker', root: observed.certsDir },
    { consumer: 'containerd', root: '/etc/containerd/certs.d' },
    { consumer: 'podman', root: '/etc/containers/certs.d' },
  ];
  const { tree } = growTree(context.host, (seen) => readsTrusted(folders, seen));
  const insecure = insecureEntries(document, observed).filter((entry) => !isLoopback(entry));
  return listTrusted(tree, { folders, insecure });
}

/** The registries that `trust verify --all` asks: those with certificates, the insecure ones, and the mirrors. */
export async function knownRegistries(context: Context): Promise<RegistryAddress[]> {
  const trusted = await readTrusted(context);
  const { document } = await readDaemonJson(context);
  const names = trusted
    .filter(({ consumer }) => consumer !== 'system')
    .map(({ registry }) => registry);
  return [...new Set([...names, ...mirrorNames(document)])].flatMap(readName);
}

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
