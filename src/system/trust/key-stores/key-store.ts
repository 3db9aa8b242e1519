import type { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import type { KeyStoreName } from '../../../core/plan/snapshot.js';
import { printable } from '../../../core/text/printable.js';
import { statePaths } from '../../../core/transaction/state-paths.js';
import { DockerctlError } from '../../../errors.js';
import type { Host } from '../../../host/host.js';
import { makeFolders } from '../../files/folder.js';

/** A store found on this machine, and what its tool can do with a copy of it. */
export interface KeyStore {
  readonly consumer: KeyStoreName;
  /** The file that holds the certificates, links resolved. */
  readonly path: string;
  /** Names of the files beside it that the tool reads and writes too. They may hold private keys. */
  readonly company: readonly string[];
  list(copy: string): Promise<readonly StoredCertificate[]>;
  add(copy: string, certificate: CertificateFile): Promise<void>;
  remove(copy: string, name: string): Promise<void>;
}

/** A trusted certificate in a store. */
export interface StoredCertificate {
  readonly name: string;
  readonly certificate: X509Certificate;
}

export interface CertificateFile {
  readonly name: string;
  /** A file with the certificate in PEM. */
  readonly file: string;
}

/** Gives `use` a folder of its own below /run, which only we may enter, and removes it. */
export async function withScratch<Result>(
  host: Host,
  use: (folder: string) => Promise<Result>,
): Promise<Result> {
  const name = `store-${Buffer.from(host.random.bytes(6)).toString('hex')}`;
  const folder = join(statePaths(host.self).runFolder, name);
  makeFolders(host, folder, 0o700);
  try {
    return await use(folder);
  } finally {
    for (const file of host.fs.list(folder)) host.fs.unlink(join(folder, file));
    host.fs.removeFolder(folder);
  }
}

/** Runs a store's tool. @throws not-found where there is no such program, invalid-value with what it says against the store */
export async function runTool(
  host: Host,
  argv: readonly [string, ...string[]],
  { path, install }: { readonly path: string; readonly install: string },
): Promise<string> {
  const [tool] = argv;
  const { status, stdout, stderr } = await host.exec.run(argv).catch((error: unknown) => {
    throw new DockerctlError({
      code: 'not-found',
      message: `${path} can only be changed by ${tool}, which is not here`,
      hint: install,
      cause: error,
    });
  });
  if (status === 0) return stdout;
  const words = `${stderr}\n${stdout}`.trim().split('\n')[0] ?? '';
  throw new DockerctlError({
    code: 'invalid-value',
    message: `${tool} cannot work with ${path}: ${printable(words)}`,
    hint: `look at it by hand: ${argv.map((word) => (/\/store-[0-9a-f]+\//.test(word) ? path : word)).join(' ')}`,
  });
}
