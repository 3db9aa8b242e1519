import { join } from 'node:path';
import type { Finding } from '../../core/plan/finding.js';
import type { RegistryAddress } from '../../core/registry/address.js';
import { isInsecure } from '../../core/registry/insecure-list.js';
import type { GoRules } from '../../core/pki/go/rules/generation.js';
import {
  certificatesForGo,
  nameOf,
  parseCertificates,
  toPem,
} from '../../core/trust/material/certificates.js';
import { diagnose } from '../../core/trust/diagnosis/diagnose.js';
import type { Trust } from '../../core/trust/diagnosis/judge-chain.js';
import { lintCertsDir, readsCertsDir } from '../../core/trust/diagnosis/lint-certs-dir.js';
import { lintFolder } from '../../core/trust/diagnosis/lint.js';
import { joinRoots, readRoots, type Roots } from '../../core/trust/diagnosis/roots.js';
import { bytesAt, fileAt, namesIn, type Snapshot } from '../../core/plan/snapshot.js';
import { readFolder } from '../../core/trust/consumers/cert-folder.js';
import { SYSTEM_BUNDLES, type Host } from '../../host/host.js';
import { probe } from './probe.js';
import { readSnapshot } from '../files/read-snapshot.js';

/** What dockerd trusts beside the certificates of one registry. */
export interface DaemonTrust {
  readonly certsDir: string;
  /** Entries of insecure-registries, hosts and networks. */
  readonly insecure: readonly string[];
  readonly systemRoots: Roots;
  /** The rules of its Go; several where it is not known which. */
  readonly engines: readonly GoRules[];
  /** Tokens are fetched by the system's certificates alone (images in containerd). */
  readonly tokensBySystem: boolean;
  /** For each registry, milliseconds. */
  readonly timeoutMs: number;
}

export interface RegistryVerdict {
  readonly registry: string;
  readonly findings: readonly Finding[];
}

const AT_ONCE = 128;

/** Does for each registry what dockerd would do, many at once; `done` is told of each that is finished. */
export async function verifyRegistries(
  host: Host,
  registries: readonly RegistryAddress[],
  {
    trust,
    done,
  }: { readonly trust: DaemonTrust; readonly done: (verdict: RegistryVerdict) => void },
): Promise<RegistryVerdict[]> {
  const verdicts = new Array<RegistryVerdict>(registries.length);
  const queue = registries.entries();
  const work = async (): Promise<void> => {
    for (const [index, registry] of queue) {
      const verdict = { registry: registry.name, findings: await verify(host, registry, trust) };
      verdicts[index] = verdict;
      done(verdict);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return verdicts;
}

/** The certificates that dockerd would use for a registry, and what is wrong with their files. */
export interface RegistryFiles {
  /** What OpenSSL can use of them, PEM. */
  readonly ca: readonly string[];
  /** As they are, one character a byte: Go reads in them what it can. */
  readonly authorities: readonly string[];
  readonly client: { readonly cert: string; readonly key: Uint8Array } | null;
  readonly findings: readonly Finding[];
}

export function readRegistryFiles(host: Host, certsDir: string, name: string): RegistryFiles {
  const folder = join(certsDir, name);
  const { snapshot, secrets } = readSnapshot(host, (seen) => [
    ...readsCertsDir(certsDir),
    ...readFolder(seen, folder),
  ]);
  const names = namesIn(snapshot, folder);
  const place = { registry: name, folder, secrets, now: host.clock.now() };
  const findings = [...lintCertsDir(snapshot, certsDir, name), ...lintFolder(snapshot, place)];
  const broken = findings.some(({ severity }) => severity === 'error');
  const cert = names.find((file) => file.endsWith('.cert'));
  const key = fileAt(snapshot, join(folder, (cert ?? '').replace(/cert$/, 'key')))?.content;
  const bytes = key !== undefined && 'secret' in key ? secrets.get(key.secret) : undefined;
  // A pair that Go cannot load stops dockerd before it connects: what the server would say no longer matters.
  const usable = !broken && cert !== undefined && bytes !== undefined;
  const authorities = names.filter((file) => file.endsWith('.crt'));
  return {
    ca: authorities.map((file) => seenByGo(snapshot, join(folder, file))),
    authorities: authorities.map((file) =>
      Buffer.from(bytesAt(snapshot, join(folder, file)) ?? []).toString('latin1'),
    ),
    client: usable ? { cert: seenByGo(snapshot, join(folder, cert)), key: bytes } : null,
    findings,
  };
}

function seenByGo(snapshot: Snapshot, path: string): string {
  return toPem(certificatesForGo(bytesAt(snapshot, path)));
}

async function verify(
  host: Host,
  registry: RegistryAddress,
  daemon: DaemonTrust,
): Promise<Finding[]> {
  const files = readRegistryFiles(host, daemon.certsDir, registry.name);
  const { client, findings } = files;
  const facts = await probe(host, {
    registry,
    client,
    isInsecure: (addresses) => isInsecure(registry.name, { entries: daemon.insecure, addresses }),
    timeoutMs: daemon.timeoutMs,
  });
  return [...findings, ...diagnose(facts, trustOf(files, daemon))];
}

function trustOf(
  { ca, authorities }: RegistryFiles,
  { systemRoots, engines, tokensBySystem }: DaemonTrust,
): Trust {
  const installed = ca.flatMap((text) => parseCertificates(Buffer.from(text)));
  return {
    roots: joinRoots(systemRoots, readRoots(authorities)),
    installed: installed.map(({ subject }) => nameOf(subject)),
    engines,
    ...(tokensBySystem && { tokenRoots: systemRoots }),
  };
}

/** The system's certificates as dockerd reads them: the first bundle that is there. */
export function readSystemRoots(host: Host): Roots {
  for (const path of SYSTEM_BUNDLES) {
    try {
      return readRoots([Buffer.from(host.fs.read(path)).toString('latin1')]);
    } catch {
      continue;
    }
  }
  return readRoots([]);
}
