import { createHash, type X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { dayOf, isAuthority, nameOf, parseCertificates } from './certificates.js';
import type { ConsumerName } from './consumer.js';
import { readsStore, storedNames } from './system.js';
import { bytesAt, namesIn, type Tree } from './tree.js';

/** One registry that one consumer trusts in a way of its own. */
export interface Trusted {
  /** For the system store the name the CA was added under. */
  readonly registry: string;
  readonly consumer: ConsumerName;
  /** Subjects of the CAs; `client certificate`; `nothing is verified`. */
  readonly by: readonly string[];
  /** When the first of them ends, as a day; null where nothing ends. */
  readonly until: string | null;
  readonly insecure: boolean;
}

/** Where a consumer keeps one folder a registry. */
export interface CertFolders {
  readonly consumer: ConsumerName;
  readonly root: string;
}

/** What must be read for `listTrusted`. */
export function readsTrusted(folders: readonly CertFolders[], tree: Tree): string[] {
  const files = folders.flatMap(({ root }) => [
    root,
    ...namesIn(tree, root).flatMap((name) => {
      const folder = join(root, name);
      const wanted = namesIn(tree, folder).filter((file) => /\.(?:crt|cert)$/.test(file));
      return [folder, ...wanted.map((file) => join(folder, file))];
    }),
  ]);
  return [...files, ...readsStore(null, tree)];
}

/** Everything trusted beside the system's own roots; `insecure` are the entries that dockerd does not verify. */
export function listTrusted(
  tree: Tree,
  {
    folders,
    insecure,
  }: { readonly folders: readonly CertFolders[]; readonly insecure: readonly string[] },
): Trusted[] {
  const parse = remembering();
  const inFolders = folders.flatMap(({ consumer, root }) =>
    namesIn(tree, root).flatMap((registry) => {
      const found = certificatesIn(tree, join(root, registry), parse);
      return found.length === 0
        ? []
        : [{ registry, consumer, ...summary(found), insecure: insecure.includes(registry) }];
    }),
  );
  const stored = storedNames(tree).map(({ name, path }) => ({
    registry: name,
    consumer: 'system' as const,
    ...summary(parse(bytesAt(tree, path))),
    insecure: false,
  }));
  const listed = inFolders.map(({ registry }) => registry);
  const open = insecure
    .filter((entry) => !listed.includes(entry))
    .map((registry) => ({
      registry,
      consumer: 'docker' as const,
      by: [],
      until: null,
      insecure: true,
    }));
  return [...inFolders, ...stored, ...open];
}

type Parse = (bytes: Uint8Array | null) => readonly X509Certificate[];

/** Thousands of registries share a few CAs. */
function remembering(): Parse {
  const known = new Map<string, readonly X509Certificate[]>();
  return (bytes) => {
    const key = createHash('sha1')
      .update(bytes ?? Buffer.of())
      .digest('base64');
    const found = known.get(key) ?? parseCertificates(bytes);
    known.set(key, found);
    return found;
  };
}

function certificatesIn(tree: Tree, folder: string, parse: Parse): readonly X509Certificate[] {
  return namesIn(tree, folder).flatMap((name) => parse(bytesAt(tree, join(folder, name))));
}

function summary(certificates: readonly X509Certificate[]): Pick<Trusted, 'by' | 'until'> {
  const ends = certificates.map(({ validTo }) => Date.parse(validTo));
  return {
    by: certificates.map((one) =>
      isAuthority(one) ? nameOf(one.subject) : `client certificate ${nameOf(one.subject)}`,
    ),
    until: ends.length === 0 ? null : dayOf(new Date(Math.min(...ends)).toISOString()),
  };
}
