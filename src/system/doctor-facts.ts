import { join } from 'node:path';
import { bytesOf } from '../core/content.js';
import type { DaemonConfig } from '../core/daemon/activation.js';
import type { ObservedDaemon } from '../core/daemon/observed.js';
import type { DoctorFacts } from '../core/doctor/facts.js';
import { get } from '../core/json/edit.js';
import { parseDocument } from '../core/json/document.js';
import { readsAnchors } from '../core/trust/anchors.js';
import { namesIn, type Tree } from '../core/trust/tree.js';
import type { Host } from '../host/host.js';
import { readHostFacts } from './host-facts.js';
import { readJournal } from './journal.js';
import { observeDaemon } from './observe.js';
import { showUnit } from './systemd.js';
import { growTree } from './tree.js';

/** Reads what `doctor` judges. Changes nothing, dials nobody but the engine on its own socket. */
export async function readDoctorFacts(
  host: Host,
  options: { readonly config: string | null },
): Promise<DoctorFacts> {
  const observed = await observeDaemon(host, options);
  const { manager, certsDir } = observed;
  const unit = manager.kind === 'systemd' ? await showUnit(host, manager) : null;
  const journal = readJournal(host);
  return {
    now: host.clock.now(),
    observed,
    config: configOf(observed),
    host: readHostFacts(host, observed),
    unitResult: unit?.result ?? null,
    socketMode: socketMode(host, observed),
    openChange: journal && { title: journal.title, awaiting: journal.state === 'awaiting' },
    ...growTree(host, (tree) => [...readsCerts(certsDir, tree), ...readsAnchors(tree)]),
    clientConfigs: clientConfigs(host),
  };
}

function readsCerts(certsDir: string, tree: Tree): string[] {
  const folders = namesIn(tree, certsDir).map((name) => join(certsDir, name));
  return [
    certsDir,
    ...folders,
    ...folders.flatMap((folder) => namesIn(tree, folder).map((name) => join(folder, name))),
  ];
}

function configOf({ configFile }: ObservedDaemon): DaemonConfig | null {
  const parsed = parseDocument(configFile && bytesOf(configFile.content, new Map()));
  return parsed.ok ? (get(parsed.document, []) as DaemonConfig) : null;
}

function socketMode({ fs }: Host, { endpoint }: ObservedDaemon): number | null {
  if (endpoint === null || !('socketPath' in endpoint)) return null;
  return fs.stat(endpoint.socketPath, { follow: true })?.mode ?? null;
}

/** The CLI keeps credentials per user (docker/cli config.Dir); root's and ours are looked at. */
function clientConfigs({ fs, self }: Host): DoctorFacts['clientConfigs'] {
  const homes = new Set(['/root', self.env.HOME ?? '/root']);
  return [...homes].flatMap((home) => {
    const path = join(home, '.docker/config.json');
    try {
      return [{ path, text: Buffer.from(fs.read(path)).toString('utf8') }];
    } catch {
      return [];
    }
  });
}
