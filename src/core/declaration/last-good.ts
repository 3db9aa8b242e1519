import { fingerprintOf, sameFingerprint } from '../plan/content.js';
import type { FileChange, FileImage } from '../plan/plan.js';

/** daemon.json as it was when all was well with it: seen in order by the agent, or left so by a change of ours. */
export interface LastGood {
  readonly path: string;
  readonly image: FileImage;
  /** The dockerd that ran with it, and in which run of the kernel; null where that is not known. */
  readonly pid: number | null;
  readonly bootId: string | null;
}

/**
 * What is to be remembered once a change is kept; null: the file is gone, as was wanted. A dockerd that was `told` runs
 * with it where it ran with what was there before, or with this very file; after a restart it is another one.
 */
export function afterChange(
  known: LastGood | null,
  { path, before, after }: FileChange,
  told: boolean,
): LastGood | null {
  if (after === null) return null;
  const ran = told && known !== null && [before, after].some((one) => isImage(known.image, one));
  const { pid, bootId } = ran ? known : { pid: null, bootId: null };
  return { path, image: after, pid, bootId };
}

function isImage(one: FileImage, other: FileImage | null): boolean {
  return sameFingerprint(fingerprintOf(one), other && fingerprintOf(other));
}
