import { nameOf, parseCertificates } from '../../material/certificates.js';
import { anchorFiles } from './anchor-files.js';
import { compiledIn, findStore, readsStore, storedNames } from './system.js';
import { bytesAt, type Snapshot } from '../../../plan/snapshot.js';
import { utcDay } from '../../../text/utc-time.js';

/** A CA certificate in the folder where operators put them. */
export interface Anchor {
  /** The name it was added under; null: not by dockerctl. */
  readonly name: string | null;
  readonly path: string;
  readonly subject: string;
  /** A day. */
  readonly until: string;
  /** Whether the bundle that programs read really holds it. */
  readonly compiled: boolean;
}

export function readsAnchors(snapshot: Snapshot): readonly string[] {
  const store = findStore(snapshot);
  if (store === null) return readsStore(null, snapshot);
  return [...readsStore(null, snapshot), ...anchorFiles(snapshot, store)];
}

export function listAnchors(snapshot: Snapshot): Anchor[] {
  const store = findStore(snapshot);
  if (store === null) return [];
  const compiled = compiledIn(snapshot);
  const ours = new Map(storedNames(snapshot).map(({ name, path }) => [path, name]));
  return anchorFiles(snapshot, store).flatMap((path) =>
    parseCertificates(bytesAt(snapshot, path)).map((one) => ({
      name: ours.get(path) ?? null,
      path,
      subject: nameOf(one.subject),
      until: utcDay(one.validTo),
      compiled: compiled.has(one.fingerprint256),
    })),
  );
}
