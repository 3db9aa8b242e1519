import { join } from 'node:path';
import { readCrl, type Revocation, type RevocationList } from '../../core/pki/x509/crl.js';
import { revocationsIn } from '../../core/pki/authority/entry.js';
import { pemBlocks } from '../../core/pki/keys/pem.js';
import { DockerctlError } from '../../errors.js';
import type { Host } from '../../host/host.js';
import type { ReadIndex } from './authority-index.js';

export const CRL = 'crl.pem';

export interface Revocations {
  /** null before the first one, and where it is lost. */
  readonly crl: RevocationList | null;
  /** Whether there must have been one, and it is gone or damaged. */
  readonly crlIsLost: boolean;
  /** By serial. */
  readonly revoked: ReadonlyMap<string, Revocation>;
  readonly notes: readonly string[];
}

/** What the list and the index say together: either may be lost. Throws `invalid-certificate` where both are. */
export function readRevocations(host: Host, folder: string, index: ReadIndex): Revocations {
  const path = join(folder, CRL);
  const isThere = host.fs.stat(path) !== null;
  const crl = isThere ? readList(host, path) : null;
  if (isThere && crl === null && !index.isWhole) throw forgotten(path);
  const known = revocationsIn(index.entries);
  const crlIsLost = crl === null && (isThere || known.length > 0);
  const all = [...known, ...(crl?.revoked ?? [])];
  return {
    crl,
    crlIsLost,
    revoked: new Map(all.map((one) => [one.serial, one])),
    notes: crlIsLost
      ? [
          `${path} is ${isThere ? 'damaged' : 'missing'}: what was revoked is known from the index; dockerctl certs crl makes the list anew`,
        ]
      : [],
  };
}

function readList(host: Host, path: string): RevocationList | null {
  const bytes = host.fs.read(path);
  try {
    const [block] = pemBlocks(Buffer.from(bytes).toString('latin1'));
    return readCrl(block?.der ?? new Uint8Array());
  } catch {
    return null;
  }
}

const forgotten = (path: string): DockerctlError =>
  new DockerctlError({
    code: 'invalid-certificate',
    message: `The revocation list ${path} is damaged, and so is the index: nothing says what was revoked.`,
    hint: `restore ${path} from a backup`,
  });
