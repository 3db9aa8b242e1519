import type { Finding } from '../../core/plan/finding.js';
import { bytesAt, fileAt, type Snapshot } from '../../core/plan/snapshot.js';
import type { Secrets } from '../../core/plan/plan.js';
import type { RegistryAddress } from '../../core/registry/address.js';
import { isInsecure } from '../../core/registry/insecure-list.js';
import { diagnose } from '../../core/trust/diagnosis/diagnose.js';
import {
  askedServers,
  readsAskedServers,
  type AskedByFile,
  type AskedServer,
} from '../../core/trust/hosts/asked-servers.js';
import { missingFiles, weighServers } from '../../core/trust/hosts/weigh-servers.js';
import type { Host } from '../../host/host.js';
import { readSnapshot } from '../files/read-snapshot.js';
import { probe } from './probe.js';
import { seenByGo, trustOf, type DaemonTrust, type TrustedFiles } from './daemon-trust.js';

/** The servers that are asked in a registry's place, with the files by which they are trusted. */
export interface Asked extends AskedByFile {
  readonly snapshot: Snapshot;
  readonly secrets: Secrets;
}

/** null: no hosts.toml speaks of it. */
export function readAskedServers(host: Host, certsDir: string, registry: string): Asked | null {
  const { snapshot, secrets } = readSnapshot(
    host,
    (seen) => readsAskedServers(seen, certsDir, registry),
    () => undefined,
  );
  const asked = askedServers(snapshot, certsDir, registry);
  return asked === null ? null : { ...asked, snapshot, secrets };
}

/**
 * Does what dockerd does where a hosts.toml names the servers: each is asked in its turn by its own trust, and one that gets
 * through is enough. null: no hosts.toml speaks of the registry.
 */
export async function verifyAskedServers(
  host: Host,
  registry: RegistryAddress,
  daemon: DaemonTrust,
): Promise<Finding[] | null> {
  const asked = readAskedServers(host, daemon.certsDir, registry.name);
  if (asked === null) return null;
  const missing = missingFiles(asked, asked.snapshot);
  if (missing.length > 0) return weighServers(registry.name, asked, [missing]);
  const found = await Promise.all(
    asked.servers.map((server) => verifyServer(host, { asked, server }, daemon)),
  );
  return weighServers(registry.name, asked, found);
}

/** One of the servers. */
export interface InTurn {
  readonly asked: Asked;
  readonly server: AskedServer;
}

/** What stands against one of the servers alone. Subject is the server's own name. */
export async function verifyServer(
  host: Host,
  { asked, server }: InTurn,
  daemon: DaemonTrust,
): Promise<Finding[]> {
  const { address, path, http, skipVerify } = server;
  const entries = asked.several ? [] : daemon.insecure;
  const facts = await probe(host, {
    registry: address,
    client: clientOf(asked, server),
    isInsecure: (addresses) =>
      http || skipVerify || isInsecure(address.name, { entries, addresses }),
    path,
    timeoutMs: daemon.timeoutMs,
  });
  return diagnose(facts, trustOf(filesOf({ asked, server }), daemon));
}

/** The files by which it is trusted. */
export function filesOf({ asked: { snapshot }, server: { ca } }: InTurn): TrustedFiles {
  return {
    ca: ca.map((file) => seenByGo(snapshot, file)),
    authorities: ca.map((file) => Buffer.from(bytesAt(snapshot, file) ?? []).toString('latin1')),
  };
}

/** The pair that it is shown; null where there is none. */
export function clientOf({ snapshot, secrets }: Asked, { client: [pair] }: AskedServer) {
  if (pair === undefined) return null;
  const [cert, key] = pair;
  const content = fileAt(snapshot, key)?.content;
  if (content === undefined) return null;
  const bytes = 'secret' in content ? secrets.get(content.secret) : bytesAt(snapshot, key);
  return bytes === undefined || bytes === null
    ? null
    : { cert: seenByGo(snapshot, cert), key: bytes };
}
