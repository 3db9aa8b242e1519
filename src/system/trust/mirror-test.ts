import { judgeMirror, type MirrorVerdict } from '../../core/registry/mirror-answer.js';
import { tokenRealm } from '../../core/registry/challenge.js';
import { parseRegistry, type RegistryAddress } from '../../core/registry/address.js';
import { isDockerHub } from '../../core/registry/refusals.js';
import { isInsecure } from '../../core/registry/insecure-list.js';
import { FAILURES } from '../../core/trust/diagnosis/diagnoses.js';
import { messageOf, systemErrorCode } from '../../errors.js';
import type { Host, HttpRequest, HttpResponse } from '../../host/host.js';
import { deadline, type Deadline } from '../systemd/deadline.js';
import { leadsInside } from './redirect-guard.js';
import { readRegistryFiles, verifyRegistries, type DaemonTrust } from './registry-trust.js';

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
const IMAGE = 'library/hello-world';
const ACCEPT =
  'application/vnd.oci.image.index.v1+json, application/vnd.docker.distribution.manifest.list.v2+json, application/vnd.docker.distribution.manifest.v2+json';

/** Asks every mirror for a real manifest, as a pull would, all at the same time and each within the timeout; never throws. */
export function testMirrors(
  host: Host,
  mirrors: readonly string[],
  { trust, done }: { readonly trust: DaemonTrust; readonly done: (result: MirrorResult) => void },
): Promise<MirrorResult[]> {
  return Promise.all(
    mirrors.map(async (mirror) => {
      const result = await testMirror(host, mirror, trust);
      done(result);
      return result;
    }),
  );
}

async function testMirror(host: Host, mirror: string, trust: DaemonTrust): Promise<MirrorResult> {
  const url = new URL(mirror);
  if (isDockerHub(url.host)) return { ...dead(mirror), tls: '-', reason: HUB };
  const secure = url.protocol === 'https:';
  const clock = deadline(host, trust.timeoutMs);
  const request = requestFor(url);
  const registry = parseRegistry(url.host);
  const { ca, client } = readRegistryFiles(host, trust.certsDir, registry.name);
  const addresses = await host.net.resolve(registry.host, clock.left()).catch(() => []);
  const open = isInsecure(registry.name, { entries: trust.insecure, addresses });
  const tls = { ca, verify: !open, ...(client ?? {}) };
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
    const place = { registry, port: request.port ?? 443, secure };
    return { ...dead(mirror), ...(await whyDead(host, { error, place, trust, clock })) };
  }
}

function dead(mirror: string) {
  return { mirror, verdict: 'dead', status: null, milliseconds: null } as const;
}

interface HandshakeFailure {
  readonly error: unknown;
  readonly place: {
    readonly registry: RegistryAddress;
    readonly port: number;
    readonly secure: boolean;
  };
  readonly trust: DaemonTrust;
  readonly clock: Deadline;
}

/** In the time that is left the certificates are looked at too. */
async function whyDead(
  host: Host,
  { error, place: { registry, port, secure }, trust, clock }: HandshakeFailure,
): Promise<Pick<MirrorResult, 'tls' | 'reason'>> {
  const known = FAILURES.find(({ codes }) => codes.test(systemErrorCode(error) ?? ''));
  const reason = known?.says({ name: registry.name, port }) ?? messageOf(error);
  if (!secure) return { tls: 'http', reason };
  if (known?.code === 'registry-timeout') return { tls: known.code, reason };
  const rest = { trust: { ...trust, timeoutMs: clock.left() }, done: () => undefined };
  const [verdict] = await verifyRegistries(host, [registry], rest);
  const cause = verdict?.findings.find(({ severity }) => severity === 'error');
  return { tls: cause?.code ?? 'failed', reason: cause?.message ?? reason };
}

function requestFor(url: URL): HttpRequest {
  const scheme = url.protocol === 'https:' ? 'https' : 'http';
  return {
    method: 'GET',
    scheme,
    host: url.hostname.replace(/[[\]]/g, ''),
    port: url.port === '' ? (scheme === 'https' ? 443 : 80) : Number(url.port),
    path: `${url.pathname.replace(/\/$/, '')}/v2/${IMAGE}/manifests/latest`,
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
