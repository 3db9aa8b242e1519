import { judgeMirror, type MirrorVerdict } from '../../core/registry/mirror-answer.js';
import { tokenRealm } from '../../core/registry/challenge.js';
import { parseRegistry, type RegistryAddress } from '../../core/registry/address.js';
import { isDockerHub } from '../../core/dockerd/options/docker-hub.js';
import { isInsecure } from '../../core/registry/insecure-list.js';
import { FAILURES } from '../../core/trust/diagnosis/diagnoses.js';
import type { Finding } from '../../core/plan/finding.js';
import { messageOf, systemErrorCode } from '../../errors.js';
import type { Host, HttpRequest, HttpResponse } from '../../host/host.js';
import { deadline, type Deadline } from '../systemd/deadline.js';
import { clientOf, filesOf, verifyServer, type Asked, type InTurn } from './asked-servers.js';
import { leadsInside } from './redirect-guard.js';
import type { DaemonTrust, TrustedFiles } from './daemon-trust.js';
import { readRegistryFiles, verifyRegistries, type RegistryFiles } from './registry-trust.js';

export interface MirrorResult {
  readonly mirror: string;
  readonly verdict: MirrorVerdict;
  readonly reason: string;
  /** HTTP's; null where none came. */
  readonly status: number | null;
  /** From the first byte sent to the answer; null where none came. */
  readonly milliseconds: number | null;
  /** `ok`, `http`, `insecure`, or the code of the finding. */
  readonly tls: string;
}

const HUB = 'is Docker Hub itself, which dockerd asks last anyway';
/** containerd core/remotes/docker/resolver.go, Resolve: hosts without HostCapabilityResolve are left out. */
const UNUSED = 'its capabilities lack "resolve": no pull of a tag asks it';
const IMAGE = 'library/hello-world';
const ACCEPT =
  'application/vnd.oci.image.index.v1+json, application/vnd.docker.distribution.manifest.list.v2+json, application/vnd.docker.distribution.manifest.v2+json';

interface Watched {
  readonly trust: DaemonTrust;
  readonly done: (result: MirrorResult) => void;
}

/** Asks every mirror for a real manifest, as a pull would, all at the same time and each within the timeout; never throws. */
export function testMirrors(
  host: Host,
  mirrors: readonly string[],
  { trust, done }: Watched,
): Promise<MirrorResult[]> {
  return Promise.all(
    mirrors.map(async (mirror) => {
      const result = await testMirror(host, ofDaemonJson(host, mirror, trust), trust);
      done(result);
      return result;
    }),
  );
}

/** The same for those that a hosts.toml names, each by its own trust; without the last where that is the registry itself. */
export function testAskedServers(
  host: Host,
  asked: Asked,
  { trust, done }: Watched,
): Promise<MirrorResult[]> {
  return Promise.all(
    asked.servers.slice(0, asked.endsElsewhere ? undefined : -1).map(async (server) => {
      const result = server.resolves
        ? await testMirror(host, ofHostsToml(host, { asked, server }, trust), trust)
        : { ...dead(server.url), verdict: 'unused' as const, tls: '-', reason: UNUSED };
      done(result);
      return result;
    }),
  );
}

/** A mirror, and how it is trusted by those who ask it. */
interface Candidate {
  readonly mirror: string;
  readonly registry: RegistryAddress;
  readonly request: HttpRequest;
  readonly files: Pick<TrustedFiles, 'ca'> & Pick<RegistryFiles, 'client'>;
  readonly open: (addresses: readonly string[]) => boolean;
  /** Why it fails, in the time that is left. */
  readonly judge: (timeoutMs: number) => Promise<readonly Finding[]>;
}

function ofDaemonJson(host: Host, mirror: string, trust: DaemonTrust): Candidate {
  const url = new URL(mirror);
  const registry = isDockerHub(url.host)
    ? { name: url.host, host: url.hostname, port: null, notes: [] }
    : parseRegistry(url.host);
  return {
    ...{ mirror, registry },
    request: requestFor(url, `${url.pathname.replace(/\/$/, '')}/v2`),
    files: readRegistryFiles(host, trust, registry.name),
    open: (addresses) => isInsecure(registry.name, { entries: trust.insecure, addresses }),
    judge: async (timeoutMs) => {
      const rest = { trust: { ...trust, hostsToml: false, timeoutMs }, done: () => undefined };
      const [verdict] = await verifyRegistries(host, [registry], rest);
      return verdict?.findings ?? [];
    },
  };
}

function ofHostsToml(host: Host, turn: InTurn, trust: DaemonTrust): Candidate {
  const { asked, server } = turn;
  return {
    ...{ mirror: server.url, registry: server.address },
    request: requestFor(new URL(server.url), server.path),
    files: { ca: filesOf(turn).ca, client: clientOf(asked, server) },
    open: () => server.skipVerify,
    judge: (timeoutMs) => verifyServer(host, turn, { ...trust, timeoutMs }),
  };
}

async function testMirror(
  host: Host,
  candidate: Candidate,
  trust: DaemonTrust,
): Promise<MirrorResult> {
  const { mirror, registry, request, files } = candidate;
  if (isDockerHub(registry.name)) return { ...dead(mirror), tls: '-', reason: HUB };
  const secure = request.scheme === 'https';
  const clock = deadline(host, trust.timeoutMs);
  const addresses = await host.net.resolve(registry.host, clock.left()).catch(() => []);
  const open = candidate.open(addresses);
  const tls = { ca: files.ca, verify: !open, ...(files.client ?? {}) };
  const begin = host.clock.monotonic();
  try {
    const answer = await ask(host, { ...request, tls }, clock);
    const milliseconds = Math.round(host.clock.monotonic() - begin);
    const judged = judgeMirror({
      status: answer.status,
      contentType: answer.headers['content-type'] ?? '',
      body: answer.body,
    });
    const how = secure ? (open ? 'insecure' : 'ok') : 'http';
    return { mirror, ...judged, status: answer.status, milliseconds, tls: how };
  } catch (error) {
    const port = request.port ?? 443;
    return { ...dead(mirror), ...(await whyDead(candidate, { error, port, secure, clock })) };
  }
}

function dead(mirror: string) {
  return { mirror, verdict: 'dead', status: null, milliseconds: null } as const;
}

interface HandshakeFailure {
  readonly error: unknown;
  readonly port: number;
  readonly secure: boolean;
  readonly clock: Deadline;
}

/** In the time that is left the certificates are looked at too. */
async function whyDead(
  { registry, judge }: Candidate,
  { error, port, secure, clock }: HandshakeFailure,
): Promise<Pick<MirrorResult, 'tls' | 'reason'>> {
  const known = FAILURES.find(({ codes }) => codes.test(systemErrorCode(error) ?? ''));
  const reason = known?.says({ name: registry.name, port }) ?? messageOf(error);
  if (!secure) return { tls: 'http', reason };
  if (known?.code === 'registry-timeout') return { tls: known.code, reason };
  const cause = (await judge(clock.left())).find(({ severity }) => severity === 'error');
  return { tls: cause?.code ?? 'failed', reason: cause?.message ?? reason };
}

function requestFor(url: URL, api: string): HttpRequest {
  const scheme = url.protocol === 'https:' ? 'https' : 'http';
  return {
    method: 'GET',
    scheme,
    host: url.hostname.replace(/[[\]]/g, ''),
    port: url.port === '' ? (scheme === 'https' ? 443 : 80) : Number(url.port),
    path: `${api}/${IMAGE}/manifests/latest`,
    headers: { Accept: ACCEPT },
    limit: 64 * 1024,
  };
}

/** With the token that anybody gets, where the mirror sends us for one; not where only this machine can go. */
async function ask(host: Host, request: HttpRequest, clock: Deadline): Promise<HttpResponse> {
  const send = (more: HttpRequest) => host.net.request({ ...more, timeoutMs: clock.left() });
  const first = await send(request);
  const challenge = first.headers['www-authenticate'];
  const realm = first.status === 401 ? tokenRealm(challenge) : null;
  const { host: from = '' } = request;
  if (realm === null) return first;
  if (await leadsInside(host, { from, to: realm.host, timeoutMs: clock.left() })) return first;
  const { pathname, searchParams } = new URL(realm.realm);
  searchParams.set('service', /service="([^"]*)"/.exec(challenge ?? '')?.[1] ?? '');
  searchParams.set('scope', `repository:${IMAGE}:pull`);
  const { scheme, host: to, port } = realm;
  const path = `${pathname}?${searchParams.toString()}`;
  const answer = await send({ ...request, headers: {}, scheme, host: to, port, path });
  const token = /"(?:access_)?token"\s*:\s*"([^"]+)"/.exec(answer.body)?.[1];
  if (token === undefined) return first;
  return send({ ...request, headers: { Accept: ACCEPT, Authorization: `Bearer ${token}` } });
}
