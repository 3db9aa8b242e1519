import { basename, dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { contentOf, secretOf, sha256 } from '../../../core/plan/content.js';
import type { Secrets } from '../../../core/plan/plan.js';
import {
  anchorName,
  anchorOwner,
  isAnchorOf,
} from '../../../core/trust/consumers/system/anchor-name.js';
import { parseCertificates } from '../../../core/trust/material/certificates.js';
import type { KeyStoreName, StoreEntry } from '../../../core/plan/snapshot.js';
import { NO_TRUST, type ConsumerTrust } from '../../../core/trust/contributions/consumer-trust.js';
import type { Host } from '../../../host/host.js';
import { bytesBefore } from '../../history/history.js';
import { readImage } from '../../files/image.js';
import { findJavaStores } from './java-store.js';
import { type StoredCertificate, type KeyStore, withScratch } from './key-store.js';
import { findNssStores } from './nss-store.js';

/** What shall become of a registry in the stores. */
export interface KeyStoreRequest {
  readonly registry: string;
  /** PEM to be trusted; null: what we put there for the registry goes. */
  readonly ca: string | null;
}

export interface KeyStoreSnapshot {
  readonly snapshot: ReadonlyMap<string, StoreEntry>;
  /** The bytes of the files that may hold keys, by SHA-256. */
  readonly secrets: Secrets;
}

/** Each file of these consumers' stores: as it is, and as the store's own tool says, on a copy, that it would be. */
export async function readKeyStores(
  host: Host,
  consumers: readonly KeyStoreName[],
  request: KeyStoreRequest,
): Promise<KeyStoreSnapshot> {
  const snapshot = new Map<string, StoreEntry>();
  const secrets = new Map<string, Uint8Array>();
  for (const store of findStores(host, consumers)) {
    if (request.ca === null && !mayHoldOurs(host, store.path)) continue;
    const now = filesOf(host, store);
    const later = await carryOut(host, store, request);
    for (const [path, bytes] of now) {
      const open = path === store.path;
      const image = readImage(host, path, { secret: !open });
      const next = later.get(path) ?? bytes;
      if (image === null) continue;
      const wanted = { ...image, content: open ? contentOf(next) : secretOf(next) };
      snapshot.set(path, { kind: 'store', consumer: store.consumer, image, wanted });
      if (!open) for (const one of [bytes, next]) secrets.set(sha256(one), one);
    }
  }
  return { snapshot, secrets };
}

/** The stores that do not hold all that they should. */
export async function missingInKeyStores(
  host: Host,
  consumers: readonly KeyStoreName[],
  request: KeyStoreRequest,
): Promise<string[]> {
  const { snapshot } = await readKeyStores(host, consumers, request);
  return [...snapshot]
    .filter(([, { image, wanted }]) => !isDeepStrictEqual(image, wanted))
    .map(([path]) => path);
}

/** What is ours in the stores here, by registry as far as the names in the stores tell it. */
export async function listKeyStores(host: Host): Promise<ConsumerTrust[]> {
  const trust: ConsumerTrust[] = [];
  for (const store of findStores(host, ['java', 'nss'])) {
    if (!mayHoldOurs(host, store.path)) continue;
    for (const { name, certificate } of await onCopy(host, { store }, (copy) => store.list(copy))) {
      const registry = anchorOwner(name);
      if (registry === null) continue;
      trust.push({
        ...NO_TRUST,
        consumer: store.consumer,
        registry,
        ca: [Buffer.from(certificate.toString())],
      });
    }
  }
  return trust;
}

/** Below `--root` there is nobody for whom the tools could run. */
function findStores(host: Host, consumers: readonly KeyStoreName[]): KeyStore[] {
  if (host.self.root !== null) return [];
  const found = { java: findJavaStores, nss: findNssStores };
  return consumers.flatMap((name) => found[name](host));
}

/**
 * Spares the start of a tool: our names stand openly in a store of JKS or SQLite, and in UTF-16 in one of PKCS #12 without
 * a password, as JDKs ship it since 18 (RFC 7292, friendlyName). In an encrypted one only its tool can look.
 */
function mayHoldOurs(host: Host, path: string): boolean {
  const bytes = Buffer.from(host.fs.read(path));
  return SIGNS.some((sign) => bytes.includes(sign));
}

const OURS = 'dockerctl-';
/** 1.2.840.113549.1.7.6, encryptedData, in DER. */
const ENCRYPTED = Buffer.from('06092a864886f70d010706', 'hex');
const SIGNS = [Buffer.from(OURS), Buffer.from(OURS, 'utf16le').swap16(), ENCRYPTED];

/** By path; the very bytes of before where somebody else's certificates are all that is left. */
function carryOut(host: Host, store: KeyStore, { registry, ca }: KeyStoreRequest): Promise<Files> {
  const owner = registry.toLowerCase();
  return onCopy(host, { store }, async (copy) => {
    const held = await store.list(copy);
    const done = () => filesOf(host, { ...store, path: copy }, dirname(store.path));
    if (ca !== null) {
      await addMissing(host, { store, copy, held }, { owner, ca });
      return done();
    }
    const ours = held.filter(({ name }) => isAnchorOf(owner, name));
    for (const { name } of ours) await store.remove(copy, name);
    const old = ours.length === 0 ? null : earlier(host, store);
    if (old === null) return done();
    const left = keyOf(await store.list(copy));
    const then = await onCopy(host, { store, files: old }, (earlierCopy) =>
      store.list(earlierCopy),
    );
    return keyOf(then) === left ? old : done();
  });
}

interface Work {
  readonly store: KeyStore;
  readonly copy: string;
  readonly held: readonly StoredCertificate[];
}

async function addMissing(
  host: Host,
  { store, copy, held }: Work,
  { owner, ca }: { readonly owner: string; readonly ca: string },
): Promise<void> {
  const known = new Set(held.map(({ certificate }) => certificate.fingerprint256));
  const missing = parseCertificates(Buffer.from(ca)).filter(
    (one) => !known.has(one.fingerprint256),
  );
  for (const certificate of missing) {
    const name = anchorName(owner, certificate);
    const file = join(dirname(copy), `${name}.pem`);
    host.fs.create(file, Buffer.from(certificate.toString()));
    await store.add(copy, { name, file });
  }
}

/** The store as it was before the change that left it as it is now; null where history does not know. */
function earlier(host: Host, store: KeyStore): Files | null {
  const files = [...filesOf(host, store)].map(
    ([path, bytes]) => [path, bytesBefore(host, path, sha256(bytes)) ?? bytes] as const,
  );
  return new Map(files);
}

function keyOf(held: readonly StoredCertificate[]): string {
  return held
    .map(({ name, certificate }) => `${name} ${certificate.fingerprint256}`)
    .sort()
    .join('\n');
}

/** Bytes by path. */
type Files = ReadonlyMap<string, Uint8Array>;

/** The files of a store that are there; `folder` where they are named after another place than where they lie. */
function filesOf({ fs }: Host, { path, company }: KeyStore, folder = dirname(path)): Files {
  return new Map(
    [basename(path), ...company].flatMap((name): [string, Uint8Array][] => {
      const file = join(dirname(path), name);
      return fs.stat(file)?.kind === 'file' ? [[join(folder, name), fs.read(file)]] : [];
    }),
  );
}

interface Original {
  readonly store: KeyStore;
  /** Default: as the store is now. */
  readonly files?: Files;
}

/** Works on a copy of the store, or of what it was: no tool ever writes to the real one. */
function onCopy<Result>(
  host: Host,
  { store, files = filesOf(host, store) }: Original,
  use: (copy: string) => Promise<Result>,
): Promise<Result> {
  return withScratch(host, async (folder) => {
    for (const [path, bytes] of files) host.fs.create(join(folder, basename(path)), bytes);
    return await use(join(folder, basename(store.path)));
  });
}
