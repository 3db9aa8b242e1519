import { contentOf, secretOf, sameFingerprint, fingerprintOf } from '../core/content.js';
import type { WantedFile } from '../core/pki/deployment.js';
import type { FileChange, FileImage, Secrets } from '../core/plan.js';
import type { Host } from '../host/host.js';
import { readImage } from './image.js';

export interface PlannedFiles {
  readonly changes: readonly FileChange[];
  /** The bytes of new and old keys. */
  readonly secrets: Secrets;
}

/** The changes that make files what is wanted, none for those that are it already. A file that is there keeps mode and owner. */
export function planFiles(host: Host, wanted: readonly WantedFile[]): PlannedFiles {
  const secrets = new Map<string, Uint8Array>();
  const changes = wanted.flatMap((file): FileChange[] => {
    const { path, isKey } = file;
    const before = readImage(host, path, { secret: isKey });
    const after = imageOf(host, file, before);
    if (isKey) {
      secrets.set(secretOf(file.bytes).secret, file.bytes);
      if (before !== null) secrets.set(fingerprintOf(before).sha256, host.fs.read(path));
    }
    const same = before !== null && sameFingerprint(fingerprintOf(before), fingerprintOf(after));
    return same ? [] : [{ path, before, after }];
  });
  return { changes, secrets };
}

function imageOf({ self }: Host, file: WantedFile, before: FileImage | null): FileImage {
  const { bytes, mode, owner } = file;
  const { uid, gid } = (self.uid === 0 ? owner : null) ?? self;
  const content = file.isKey ? secretOf(bytes) : contentOf(bytes);
  return before === null ? { content, mode, uid, gid } : { ...before, content };
}
