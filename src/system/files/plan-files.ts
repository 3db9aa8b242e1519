import { contentOf, secretOf, sameFingerprint, fingerprintOf } from '../../core/plan/content.js';
import type { DeployedFile } from '../../core/pki/authority/deployment.js';
import type { FileChange, FileImage, Secrets } from '../../core/plan/plan.js';
import type { Host } from '../../host/host.js';
import { readImage } from './image.js';
import { assertSafePath } from './safe-path.js';

export interface PlannedFiles {
  readonly changes: readonly FileChange[];
  /** The bytes of new and old keys. */
  readonly secrets: Secrets;
  /** Keys that everybody could read, and no longer can. */
  readonly notes: readonly string[];
}

/**
 * The changes that make files what is wanted, none for those that are it already. A file that is there keeps owner and
 * mode; a key that everybody could read is 0600. Throws `file-not-writable` where somebody else could have planted the file, or can exchange it.
 */
export function planFiles(host: Host, wanted: readonly DeployedFile[]): PlannedFiles {
  const secrets = new Map<string, Uint8Array>();
  const changes = wanted.flatMap((file): FileChange[] => {
    const { path, isKey, owner } = file;
    assertSafePath(host, path, { care: 'name', owner: owner?.uid });
    const before = readImage(host, path, { secret: isKey });
    const after = imageOf(host, file, before);
    if (isKey) {
      secrets.set(secretOf(file.bytes).secret, file.bytes);
      if (before !== null) secrets.set(fingerprintOf(before).sha256, host.fs.read(path));
    }
    const same = before !== null && sameFingerprint(fingerprintOf(before), fingerprintOf(after));
    return same ? [] : [{ path, before, after }];
  });
  return { changes, secrets, notes: changes.flatMap(closed) };
}

const closed = ({ path, before, after }: FileChange): string[] =>
  before === null || after === null || before.mode === after.mode
    ? []
    : [`${path} had mode 0${before.mode.toString(8)}; a key is not for everybody: 0600`];

function imageOf(host: Host, file: DeployedFile, before: FileImage | null): FileImage {
  const content = file.isKey ? secretOf(file.bytes) : contentOf(file.bytes);
  if (before === null) return { content, mode: file.mode, ...ownerOf(host, file) };
  const { mode, uid, gid } = before;
  if (!file.isKey) return { content, mode, uid, gid };
  // A group that root chose, such as Debian's ssl-cert, may go on reading it.
  if ((mode & 0o007) === 0) return { content, mode, uid, gid };
  return {
    content,
    mode: file.mode,
    ...(file.owner === null ? { uid, gid } : ownerOf(host, file)),
  };
}

/** Only root may give files away. */
function ownerOf({ self }: Host, { owner }: DeployedFile): { uid: number; gid: number } {
  const { uid, gid } = (self.uid === 0 ? owner : null) ?? self;
  return { uid, gid };
}
