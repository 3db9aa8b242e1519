import { sha256 } from '../../../core/plan/content.js';
import type { Finding } from '../../../core/plan/finding.js';
import type { DeployTarget } from '../../../core/pki/authority/deploy-targets.js';
import type { Endpoint } from '../../../core/pki/authority/deployment.js';
import {
  foreignPresented,
  issuedByUs,
  judgePresented,
  type IssuedByUs,
} from '../../../core/pki/authority/served.js';
import { formatRegistry } from '../../../core/registry/address.js';
import type { Host } from '../../../host/host.js';
import { authorityFolder, hasAuthority, openAuthority } from '../authority.js';
import { endpointOf } from './deploy.js';
import { readDeployTargets } from './deploy-targets.js';

const ASK_MS = 3_000;

/** What the servers present to which certificates were deployed; one that does not answer is nothing to tell. Never throws. */
export async function checkServed(host: Host, folder: string): Promise<Finding[]> {
  if (host.self.root !== null) return [];
  try {
    const issued = issuedByUs(openAuthority(host, folder).entries);
    const places = [...readDeployTargets(host, folder)].flatMap(([name, targets]) =>
      targets.map((target) => ({ name, target })),
    );
    const found = await Promise.all(places.map((place) => checkPlace(host, place, issued)));
    return found.flat();
  } catch {
    return [];
  }
}

/** The certificates of this machine's own authority; empty where there is none that can be read. */
export function readIssuedByUs(host: Host): IssuedByUs {
  try {
    const folder = authorityFolder(host, undefined);
    return hasAuthority(host, folder) ? issuedByUs(openAuthority(host, folder).entries) : new Map();
  } catch {
    return new Map();
  }
}

interface CheckedTarget {
  readonly name: string;
  readonly target: DeployTarget;
}

async function checkPlace(
  host: Host,
  place: CheckedTarget,
  issued: IssuedByUs,
): Promise<Finding[]> {
  const endpoint = await endpointOf(host, place.target);
  const fingerprint = endpoint === null ? null : await presented(host, endpoint);
  if (endpoint === null || fingerprint === null) return [];
  const shown = { server: formatRegistry(endpoint), fingerprint };
  return issued.has(fingerprint) ? judgePresented(shown, issued) : [foreignPresented(shown, place)];
}

async function presented(host: Host, { host: name, port }: Endpoint): Promise<string | null> {
  try {
    const tls = { systemRoots: false, ca: [], verify: false };
    const { chain } = await host.net.handshake({ host: name, port, tls, timeoutMs: ASK_MS });
    return chain[0] === undefined ? null : sha256(chain[0]);
  } catch {
    return null;
  }
}
