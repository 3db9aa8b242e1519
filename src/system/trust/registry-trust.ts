import { join } from 'node:path';
import type { Finding } from '../../core/plan/finding.js';
import type { RegistryAddress } from '../../core/registry/address.js';
import { isInsecure } from '../../core/registry/insecure-list.js';
import { diagnose } from '../../core/trust/diagnosis/diagnose.js';
import { lintCertsDir, readsCertsDir } from '../../core/trust/diagnosis/lint-certs-dir.js';
import { lintFolder } from '../../core/trust/diagnosis/lint.js';
import { bytesAt, fileAt, namesIn } from '../../core/plan/snapshot.js';
import { readFolder } from '../../core/trust/contributions/cert-folder.js';
import type { Host } from '../../host/host.js';
import { verifyAskedServers } from './asked-servers.js';
import { seenByGo, trustOf, type DaemonTrust, type TrustedFiles } from './daemon-trust.js';
import { probe } from './probe.js';
import { readSnapshot } from '../files/read-snapshot.js';

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
export interface RegistryFiles extends TrustedFiles {
  readonly client: { readonly cert: string; readonly key: Uint8Array } | null;
  readonly findings: readonly Finding[];
}

export function readRegistryFiles(
  host: Host,
  { certsDir, hostsToml }: Pick<DaemonTrust, 'certsDir' | 'hostsToml'>,
  name: string,
): RegistryFiles {
  const folder = join(certsDir, name);
  const { snapshot, secrets } = readSnapshot(host, (seen) => [
    ...readsCertsDir(certsDir),
    ...readFolder(seen, folder),
  ]);
  const names = namesIn(snapshot, folder);
  const place = { registry: name, folder, secrets, now: host.clock.now() };
  const found = [...lintCertsDir(snapshot, certsDir, name), ...lintFolder(snapshot, place)];
  const passedOver = hostsToml ? 'trust-not-a-file' : 'trust-ca-unreadable';
  // A link that leads nowhere stops both readers.
  const isThere = ({ path = '' }: Finding) => (snapshot.get(path) ?? null) !== null;
  const findings = found.map((one) =>
    one.code === passedOver && isThere(one) ? asWarning(one) : one,
  );
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

/**
 * What the other reader fails on: containerd's (28 and newer, images in containerd; builds) on a *.crt without certificates
 * and on no folder, dockerd's own (graph drivers; `docker login`) on a folder named *.crt. Where a hosts.toml counts, pulls
 * read no certificates beside it at all, and `docker login` does.
 */
const asWarning = (finding: Finding): Finding =>
  finding.severity === 'error' ? { ...finding, severity: 'warning' } : finding;

async function verify(
  host: Host,
  registry: RegistryAddress,
  daemon: DaemonTrust,
): Promise<Finding[]> {
  const asked = daemon.hostsToml ? await verifyAskedServers(host, registry, daemon) : null;
  const files = readRegistryFiles(host, daemon, registry.name);
  const { client, findings } = files;
  if (asked !== null) return [...findings.map(asWarning), ...asked];
  const facts = await probe(host, {
    registry,
    client,
    isInsecure: (addresses) => isInsecure(registry.name, { entries: daemon.insecure, addresses }),
    timeoutMs: daemon.timeoutMs,
  });
  const found = diagnose(facts, trustOf(files, daemon));
  const near = neighbourOf(host, daemon.certsDir, registry.name);
  return [...findings, ...found.map((finding) => withNeighbour(finding, near))];
}

/** A folder of the same host with another port, where the registry has none. */
function neighbourOf(host: Host, certsDir: string, name: string): string | null {
  const bare = (registry: string) => registry.replace(/:\d+$/, '');
  const names = namesIn(
    readSnapshot(
      host,
      () => [certsDir],
      () => undefined,
    ).snapshot,
    certsDir,
  );
  if (names.includes(name)) return null;
  return names.find((one) => bare(one) === bare(name)) ?? null;
}

/** The port is a part of the name: what lies there counts for another registry. */
function withNeighbour(finding: Finding, near: string | null): Finding {
  return near !== null && /^registry-(?:unknown-authority|client-)/.test(finding.code)
    ? {
        ...finding,
        message: `${finding.message}; certs.d has a folder ${near}, which is another registry: the port is a part of the name`,
      }
    : finding;
}
