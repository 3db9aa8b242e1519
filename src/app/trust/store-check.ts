import { KEY_STORES } from '../../core/trust/consumers/key-stores.js';
import { nameOf, parseCertificates } from '../../core/trust/material/certificates.js';
import type { RegistryAddress } from '../../core/registry/address.js';
import { compiledIn, readsStore } from '../../core/trust/consumers/system/system.js';
import { DockerctlError } from '../../errors.js';
import { missingInKeyStores } from '../../system/trust/key-stores/key-stores.js';
import { readSnapshot } from '../../system/files/read-snapshot.js';
import { otherRoots } from '../../system/trust/system-roots.js';
import { readDaemonJson } from '../change/daemon-json.js';
import type { Context } from '../context/command.js';
import type { Aim } from './observe-registry.js';

/** The check after the act, for the stores among the chosen consumers: what their readers see is asked anew. */
export async function checkStores(
  context: Context,
  registry: RegistryAddress,
  { chosen, ca }: Aim,
): Promise<void> {
  const pem = ca ?? '';
  if (chosen?.includes('system') === true) checkStore(context, pem);
  const stores = KEY_STORES.filter((name) => chosen?.includes(name) === true);
  const request = { registry: registry.name, ca: pem };
  const [missing] = await missingInKeyStores(context.host, stores, request);
  if (missing !== undefined) throw ineffective(missing, 'the CA');
}

/** The bundle that programs read really holds the certificates. Below `--root` no tool ran. */
export function checkStore({ host }: Context, ca: string): void {
  if (host.self.root !== null) return;
  const compiled = compiledIn(readSnapshot(host, (seen) => readsStore(null, seen)).snapshot);
  const missing = parseCertificates(Buffer.from(ca)).find(
    ({ fingerprint256 }) => !compiled.has(fingerprint256),
  );
  if (missing !== undefined) throw ineffective('its bundle', nameOf(missing.subject));
}

/** What keeps a CA of the system's store from dockerd, a sentence; empty where dockerd reads it, and where nobody runs. */
export async function unreadByDockerd(context: Context, ca: string): Promise<string[]> {
  const { host, options } = context;
  if (options.dryRun || host.self.root !== null) return [];
  const { observed } = await readDaemonJson(context);
  const other = observed.state === 'running' ? otherRoots(host, observed) : null;
  if (other === null) return [];
  const isUnread = parseCertificates(Buffer.from(ca)).some(
    ({ fingerprint256 }) => !other.known.has(fingerprint256),
  );
  return isUnread
    ? [
        `dockerd does not read it: its environment says ${other.byVariables.join(' ')}, which counts in place of the system's store. For one registry: dockerctl trust add-registry REGISTRY --ca FILE`,
      ]
    : [];
}

function ineffective(store: string, ca: string): DockerctlError {
  return new DockerctlError({
    code: 'remote-failed',
    message: `The system's tool ran, and yet ${store} does not hold ${ca}.`,
    hint: '`dockerctl config rollback` takes the change back; run the tool by hand to see why',
  });
}
