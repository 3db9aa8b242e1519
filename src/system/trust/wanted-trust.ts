import { join } from 'node:path';
import type { Declaration, DeclaredRegistry } from '../../core/declaration/schema.js';
import type { WantedAuthority, WantedRegistry } from '../../core/declaration/desired-trust.js';
import { onFile } from '../../core/text/file-error.js';
import type { Secrets } from '../../core/plan/plan.js';
import { parseRegistry, type RegistryAddress } from '../../core/registry/address.js';
import { readAuthorities, type GivenCertificates } from '../../core/trust/material/authorities.js';
import { CA_FILE } from '../../core/trust/contributions/cert-folder.js';
import { readClientPair } from '../../core/trust/material/client-pair.js';
import {
  checkFingerprint,
  fingerprintMismatch,
  matchesFingerprint,
  pemOf,
  pickAuthority,
} from '../../core/trust/diagnosis/fetched.js';
import {
  attempt,
  attemptAsync,
  type DockerctlError,
  isDockerctlError,
  ready,
} from '../../errors.js';
import type { Host } from '../../host/host.js';
import { fetchChain } from './fetch-chain.js';
import { findByFingerprint, keptPath } from './fetched-authorities.js';

const MOST_BYTES = 4 * 1024 * 1024;
const FETCH_MS = 10_000;

export interface WantedTrust {
  readonly registries: readonly WantedRegistry[];
  readonly authorities: readonly WantedAuthority[];
  /** The bytes of the client keys that are named. */
  readonly secrets: Secrets;
}

/** What is declared of trust, with the files that it names; each by itself, so that one that is wrong stops no other. */
export async function readWantedTrust(
  host: Host,
  { registries, cas }: Pick<Declaration, 'registries' | 'cas'>,
  certsDir: string,
): Promise<WantedTrust> {
  const secrets = new Map<string, Uint8Array>();
  const authority = authorityReader(host);
  const wanted = Object.entries(registries).map(async ([name, declared]) => {
    const address = parseRegistry(name);
    const material = await attemptAsync(async () => ({
      ca: await authorityOf(host, { declared, address, certsDir, authority }),
      client: clientOf(host, { declared, address, secrets }),
      insecure: declared.insecure === true,
    }));
    return { address, declared, material };
  });
  const authorities = Object.entries(cas).map(([name, { file, pem }]) => ({
    name,
    pem: attempt(() => authority({ name, file, pem })),
  }));
  return {
    registries: await Promise.all(wanted),
    authorities,
    secrets,
  };
}

interface Asked {
  readonly declared: DeclaredRegistry;
  readonly address: RegistryAddress;
}

async function authorityOf(
  host: Host,
  {
    declared,
    address,
    certsDir,
    authority,
  }: Asked & { readonly certsDir: string; readonly authority: AuthorityReader },
): Promise<string | null> {
  const { ca } = declared;
  if (ca === undefined) return null;
  const { file, pem, fingerprint } = ca;
  if (fingerprint !== undefined) {
    const bytes = await fetched(host, address, { fingerprint, certsDir });
    return readAuthorities({ name: address.name, bytes }, host.clock.now()).pem;
  }
  return authority({ name: address.name, file, pem });
}

type AuthorityReader = (source: PemSource) => string;

/** A file that many registries name, or a text that they share, is read and decoded once. */
function authorityReader(host: Host): AuthorityReader {
  const known = new Map<string, string | DockerctlError>();
  return (source) => {
    const key = source.file === undefined ? `text ${source.pem ?? ''}` : `file ${source.file}`;
    const found =
      known.get(key) ?? attempt(() => readAuthorities(given(host, source), host.clock.now()).pem);
    // What is wrong with a text is said by the name of the registry that has it.
    if (source.file !== undefined || !isDockerctlError(found)) known.set(key, found);
    return ready(found);
  };
}

/** What is kept or installed already need not be fetched again. */
async function fetched(
  host: Host,
  registry: RegistryAddress,
  { fingerprint, certsDir }: { readonly fingerprint: string; readonly certsDir: string },
): Promise<Uint8Array> {
  checkFingerprint(fingerprint);
  const paths = [keptPath(host, fingerprint), join(certsDir, registry.name, CA_FILE)];
  const there = findByFingerprint(host, paths, fingerprint);
  if (there !== null) return Buffer.from(pemOf(there));
  const chain = await fetchChain(host, registry, FETCH_MS);
  const named = chain.find((one) => matchesFingerprint(one, fingerprint));
  if (named === undefined)
    throw fingerprintMismatch(pickAuthority(chain, registry.name), fingerprint);
  return Buffer.from(pemOf(named));
}

function clientOf(
  host: Host,
  {
    declared: { cert, key },
    address,
    secrets,
  }: Asked & { readonly secrets: Map<string, Uint8Array> },
) {
  if (cert === undefined || key === undefined) return null;
  const pair = { cert: fileAt(host, cert), key: fileAt(host, key) };
  const ready = readClientPair(pair, { host: address.host, now: host.clock.now() });
  for (const [name, bytes] of ready.secrets) secrets.set(name, bytes);
  return ready.pair;
}

interface PemSource {
  readonly name: string;
  readonly file: string | undefined;
  readonly pem: string | undefined;
}

function given(host: Host, { name, file, pem }: PemSource): GivenCertificates {
  if (file !== undefined) return fileAt(host, file);
  return { name: `the declared CA of ${name}`, bytes: Buffer.from(pem ?? '') };
}

function fileAt(host: Host, path: string): GivenCertificates {
  return { name: path, bytes: onFile(path, 'read', () => host.fs.read(path, MOST_BYTES)) };
}
