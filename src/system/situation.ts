import type { Declaration } from '../core/declaration/schema.js';
import type { Situation } from '../core/desired/desired.js';
import type { ObservedDaemon } from '../core/daemon/observed.js';
import type { Host } from '../host/host.js';
import { readBootId } from './boot-id.js';
import { readImage } from './image.js';
import { readLastGood } from './last-good.js';
import { observeDaemon } from './observe.js';

/** Looks at everything the declaration speaks of. `config` is `--config`, where it was given. */
export async function observeSituation(
  host: Host,
  declaration: Declaration,
  { config }: { readonly config: string | null },
): Promise<Situation> {
  const seen = await observeDaemon(host, { config });
  const path = config ?? declaration.config ?? seen.configPath;
  const same = path === seen.configPath;
  const observed = same ? seen : { ...seen, configPath: path, configFile: readImage(host, path) };
  return {
    daemon: {
      declaration,
      observed,
      readsInstead: same || seen.state === 'absent' ? null : seen.configPath,
      lastGood: readLastGood(host),
      bootId: readBootId(host),
      provenance: provenanceOf(host, observed),
    },
  };
}

function provenanceOf({ fs }: Host, { configPath, configFile }: ObservedDaemon): string {
  const stat = configFile === null ? null : fs.stat(configPath, { follow: true });
  if (stat === null) return '';
  const time = new Date(stat.modifiedMs).toISOString().slice(0, 19).replace('T', ' ');
  return `; the file was changed at ${time} UTC and belongs to ${stat.uid === 0 ? 'root' : `user ${stat.uid}`}`;
}
