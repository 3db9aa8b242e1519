import { sha256 } from '../core/plan/content.js';
import type { FileStat, Host } from '../host/host.js';

/** Larger files are known by their stat alone. */
const MOST_BYTES = 1024 * 1024;

/**
 * A digest of what stands at some paths: content, owner and mode of files, names in folders. Content is read again only
 * where stat(2) shows a change, so that asking costs a stat a path.
 */
export function createFingerprint(host: Host): (paths: readonly string[]) => string {
  let known = new Map<string, { readonly stat: string; readonly digest: string }>();
  return (paths) => {
    const seen: typeof known = new Map();
    for (const path of paths) {
      const stat = statOf(host, path);
      const before = known.get(path);
      const digest = before?.stat === stat.text ? before.digest : digestOf(host, path, stat.stat);
      seen.set(path, { stat: stat.text, digest });
    }
    known = seen;
    return sha256([...seen].map(([path, { digest }]) => `${path}\n${digest}`).join('\n'));
  };
}

function statOf(
  { fs }: Host,
  path: string,
): { readonly text: string; readonly stat: FileStat | null } {
  try {
    const stat = fs.stat(path, { follow: true });
    return { text: stat === null ? 'nothing' : textOf(stat), stat };
  } catch (error) {
    return { text: String(error), stat: null };
  }
}

function textOf({
  kind,
  size,
  mode,
  uid,
  gid,
  inode,
  device,
  modifiedMs,
  changedMs,
}: FileStat): string {
  return `${kind} ${size} ${mode} ${uid} ${gid} ${inode} ${device} ${modifiedMs} ${changedMs}`;
}

function digestOf({ fs }: Host, path: string, stat: FileStat | null): string {
  if (stat === null) return 'nothing';
  try {
    const access = `${stat.kind} ${stat.mode} ${stat.uid} ${stat.gid}`;
    if (stat.kind === 'folder') return `${access} ${fs.list(path).join('/')}`;
    if (stat.kind !== 'file' || stat.size > MOST_BYTES)
      return `${access} ${stat.size} ${stat.modifiedMs}`;
    return `${access} ${sha256(fs.read(path))}`;
  } catch (error) {
    return String(error);
  }
}
