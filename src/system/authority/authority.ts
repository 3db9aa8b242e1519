import { join } from 'node:path';
import { withRevocations, type CertificateEntry } from '../../core/pki/authority/entry.js';
import { readStoredCertificates, type Certificate } from '../../core/pki/x509/read-certificate.js';
import { fileError, onFile } from '../../core/text/file-error.js';
import { statePaths } from '../../core/transaction/state-paths.js';
import { shellWord } from '../../core/text/shell-word.js';
import { DockerctlError } from '../../errors.js';
import type { Host } from '../../host/host.js';
import { removeStaleStaging } from './new-authority.js';
import { readIndex } from './authority-index.js';
import { finishReplacements, FRESH } from './authority-files.js';
import { CRL, readRevocations, type Revocations } from './authority-revocations.js';
import { makeFolders } from '../files/folder.js';
import { assertSafePath } from '../files/safe-path.js';

/**
 * Our certificate authority as it is on disk. The certificates and the revocation list are the truth; index.json is made
 * from them and made again when it is damaged, and knows what is revoked should the list be lost.
 *
 *     ca.crt ca.key                            the root
 *     intermediate.crt intermediate.key        what signs day to day, where there is one
 *     crl.pem                                  the revocation list
 *     certs/NAME.crt certs/NAME.key            in force
 *     old/NAME.SERIAL.crt old/NAME.SERIAL.key  renewed or replaced
 *     places.json                              where copies of a certificate were put
 *     replaced/DATE/                           whole authorities that `certs init --force` put away
 */
export interface Authority extends Revocations {
  readonly folder: string;
  readonly root: Certificate;
  /** The certificate that signs: the intermediate, or the root itself. */
  readonly issuer: Certificate;
  readonly entries: readonly CertificateEntry[];
  /** Paths of what should be certificates and cannot be read. */
  readonly damaged: readonly string[];
  /** Paths of certificates in force that are gone. */
  readonly lost: readonly string[];
  /** What was repaired on the way. */
  readonly notes: readonly string[];
}

export const ROOT_CERTIFICATE = 'ca.crt';
export const ROOT_KEY = 'ca.key';
export const INTERMEDIATE_CERTIFICATE = 'intermediate.crt';
export const INTERMEDIATE_KEY = 'intermediate.key';

/** Everything an authority consists of. */
export const PARTS = [
  ROOT_CERTIFICATE,
  ROOT_KEY,
  INTERMEDIATE_CERTIFICATE,
  INTERMEDIATE_KEY,
  CRL,
  'index.json',
  'places.json',
  'certs',
  'old',
];

/** `--pki DIR`, or /var/lib/dockerctl/pki. */
export const authorityFolder = (host: Host, given: string | undefined): string =>
  given ?? join(statePaths(host.self).stateFolder, 'pki');

export const hasAuthority = (host: Host, folder: string): boolean =>
  host.fs.stat(join(folder, ROOT_CERTIFICATE), { follow: true }) !== null;

/** Throws `not-found` where an authority was, and its certificate is gone: a new one in its place would end what it signed. */
export function assertNotLost(host: Host, folder: string): void {
  if (hasAuthority(host, folder)) return;
  if (host.fs.stat(join(folder, ROOT_CERTIFICATE)) !== null) throw strayLink(folder);
  const [part] = PARTS.filter((name) => host.fs.stat(join(folder, name)) !== null);
  if (part === undefined) return;
  const isHalfMade = host.fs.stat(join(folder, ROOT_CERTIFICATE + FRESH)) !== null;
  throw isHalfMade ? halfMade(folder) : lostAuthority(folder, part);
}

/** Reads the store without changing it. Throws `not-found` where there is none. */
export function openAuthority(host: Host, folder: string): Authority {
  assertNotLost(host, folder);
  if (!hasAuthority(host, folder)) throw noAuthority(folder);
  const [root] = readFile(host, join(folder, ROOT_CERTIFICATE));
  const intermediate = join(folder, INTERMEDIATE_CERTIFICATE);
  const [issuer = root] = host.fs.stat(intermediate) === null ? [] : readFile(host, intermediate);
  if (root === undefined || issuer === undefined) throw noAuthority(folder);
  const index = onFile(folder, 'read', () => readIndex(host, folder));
  const { notes, ...revocations } = onFile(folder, 'read', () =>
    readRevocations(host, folder, index),
  );
  return {
    ...{ folder, root, issuer },
    entries: withRevocations(index.entries, revocations.revoked),
    damaged: index.damaged,
    lost: index.lost,
    ...revocations,
    notes: [...index.notes, ...notes],
  };
}

/**
 * Runs `work` while no other dockerctl changes the store, after finishing what a dead one left half done.
 * Throws `locked` after `waitMs`, and `file-not-writable` where somebody else can exchange what is in the folder.
 */
export async function withAuthorityLock<Result>(
  host: Host,
  { folder, waitMs }: { readonly folder: string; readonly waitMs: number },
  work: () => Result | Promise<Result>,
): Promise<Result> {
  assertSafePath(host, join(folder, ROOT_KEY), { care: 'name' });
  makeFolders(host, folder, 0o700);
  // A folder that appeared between the two may be anybody's.
  assertSafePath(host, join(folder, ROOT_KEY), { care: 'name' });
  const release = await lock(host, folder, waitMs);
  try {
    finishReplacements(host, folder);
    removeStaleStaging(host, folder);
    return await work();
  } catch (error) {
    throw fileError(error, folder, 'write');
  } finally {
    await release();
  }
}

async function lock(host: Host, folder: string, waitMs: number): Promise<() => Promise<void>> {
  try {
    const release = await host.fs.lock(join(folder, 'lock'), waitMs);
    if (release !== null) return release;
  } catch (error) {
    throw fileError(error, folder, 'write');
  }
  throw held(folder);
}

/** Certificates from the leaf's issuer up to, but without, the root: what a server sends beside its own. */
export const chainOf = ({ root, issuer }: Authority): readonly Certificate[] =>
  issuer === root ? [] : [issuer];

function readFile(host: Host, path: string): Certificate[] {
  try {
    return readStoredCertificates(host.fs.read(path), path);
  } catch (error) {
    throw fileError(error, path, 'read');
  }
}

const noAuthority = (folder: string): DockerctlError =>
  new DockerctlError({
    code: 'not-found',
    message: `There is no certificate authority in ${folder}.`,
    hint: '`dockerctl certs init`, or `dockerctl certs issue --init --domain NAME` to make it on the way',
  });

/** All of the new one is written before the first file gets its name, ca.crt the last: authority-create.ts. */
const halfMade = (folder: string): DockerctlError =>
  new DockerctlError({
    code: 'not-found',
    message: `${folder} holds half of a certificate authority: dockerctl certs init was killed while it gave the new files their names.`,
    hint: `\`dockerctl certs init --force\` makes one anew; what is there, and an old one that was to be replaced, is kept in ${join(folder, 'replaced')}`,
  });

const lostAuthority = (folder: string, part: string): DockerctlError =>
  new DockerctlError({
    code: 'not-found',
    message: `${join(folder, ROOT_CERTIFICATE)} is missing, though ${part} of a certificate authority is there.`,
    hint: `restore it from a backup, or from a client that trusts it: \`install -m 644 ca.crt ${join(folder, ROOT_CERTIFICATE)}\`; \`dockerctl certs init --force\` puts away what is left and makes another`,
  });

const strayLink = (folder: string): DockerctlError =>
  new DockerctlError({
    code: 'not-found',
    message: `${join(folder, ROOT_CERTIFICATE)} is a symbolic link to a file that does not exist.`,
    hint: `bring back the file that it leads to: \`ls -l ${shellWord(join(folder, ROOT_CERTIFICATE))}\` shows where; or \`dockerctl certs init --force\` puts away what is left and makes another`,
  });

const held = (folder: string): DockerctlError =>
  new DockerctlError({
    code: 'locked',
    message: `Another dockerctl is changing the certificate authority in ${folder}.`,
    hint: 'wait until it is done, or wait longer for it: --lock-timeout 300',
  });
