import { configOf } from '../../core/dockerd/config/edit.js';
import { imageStore, readsHostsToml } from '../../core/dockerd/observed/image-store.js';
import { readConsumerTrust, type TrustOnMachine } from '../../system/trust/consumer-trust.js';
import type { DaemonJson } from '../change/daemon-json.js';
import type { Context } from '../context/command.js';

/** Who trusts which registry by what, with dockerd's folders read as its image store reads them. What could not be read is noted. */
export async function trustOnMachine(
  { host, terminal }: Context,
  { document, observed }: DaemonJson,
): Promise<TrustOnMachine> {
  const store = imageStore(observed, configOf(document));
  const hostsToml = readsHostsToml(store, observed.version);
  const found = await readConsumerTrust(host, { certsDir: observed.certsDir, hostsToml });
  for (const note of found.notes) terminal.note(note);
  return found;
}
