import { judgeMirror, type MirrorVerdict } from '../core/registry/mirror-answer.js';
import { tokenRealm } from '../core/registry/challenge.js';
import { parseRegistry } from '../core/registry/address.js';
import { isInsecure } from '../core/registry/insecure-list.js';
import { messageOf, systemErrorCode } from '../errors.js';
import type { Host, HttpRequest, HttpResponse } from '../host/host.js';
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

const IMAGE = 'library/hello-world';
const ACCEPT =
  'application/vnd.oci.image.index.v1+json, application/vnd.docker.distribution.manifest.list.v2+json, application/vnd.docker.distribution.manifest.v2+json';

/** Asks every mirror for a real manifest, as a pull would, all at the same time; never throws. */
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
  const secure = url.protocol === 'https:';
  const request = requestFor(url, trust.timeoutMs);
  const registry = parseRegistry(url.host);
  const { ca, client } = readRegistryFiles(host, trust.certsDir, registry.name);
  const addresses = await host.net.resolve(registry.host, trust.timeoutMs).catch(() => []);
  const open = isInsecure(registry.name, { entries: trust.insecure, addresses });
  const tls = { ca, verify: !open, ...(client ?? {}) };
  const begin = host.clock.monotonic();
  try {
    const answer = await ask(host, { ...request, tls });
    const milliseconds = Math.round(host.clock.monotonic() - begin);
    const judged = judgeMirror({
      status: answer.status,
      contentType: answer.headers['content-type'] ?? '',
    });
    const how = secure ? (open ? 'insecure' : 'ok') : 'http';
    return { mirror, ...judged, status: answer.status, milliseconds, tls: how };
  } catch (error) {
    const dead = { mirror, verdict: 'dead' as const, status: null, milliseconds: null };
    if (!secure)
      return { ...dead, tls: 'http', reason: systemErrorCode(error) ?? messageOf(error) };
    const [verdict] = await verifyRegistries(host, [registry], { trust, done: () => undefined });
    const cause = verdict?.findings.find(({ severity }) => severity === 'error');
    return { ...dead, tls: cause?.code ?? 'failed', reason: cause?.message ?? messageOf(error) };
  }
}

function requestFor(url: URL, timeoutMs: number): HttpRequest {
  const scheme = url.protocol === 'https:' ? 'https' : 'http';
  return {
    method: 'GET',
    scheme,
    host: url.hostname.replace(/[[\]]/g, ''),
    port: url.port === '' ? (scheme === 'https' ? 443 : 80) : Number(url.port),
    path: `${url.pathname.replace(/\/$/, '')}/v2/${IMAGE}/manifests/latest`,
    headers: { Accept: ACCEPT },
    timeoutMs,
    limit: 64 * 1024,
  };
}

/** With the token that anybody gets, where the mirror sends us for one. */
async function ask({ net }: Host, request: HttpRequest): Promise<HttpResponse> {
  const first = await net.request(request);
  const challenge = first.headers['www-authenticate'];
  const realm = first.status === 401 ? tokenRealm(challenge) : null;
  if (realm === null) return first;
  const { pathname, searchParams } = new URL(realm.realm);
  searchParams.set('service', /service="([^"]*)"/.exec(challenge ?? '')?.[1] ?? '');
  searchParams.set('scope', `repository:${IMAGE}:pull`);
  const { scheme, host, port } = realm;
  const path = `${pathname}?${searchParams.toString()}`;
  const answer = await net.request({ ...request, headers: {}, scheme, host, port, path });
  const token = /"(?:access_)?token"\s*:\s*"([^"]+)"/.exec(answer.body)?.[1];
  if (token === undefined) return first;
  return net.request({ ...request, headers: { Accept: ACCEPT, Authorization: `Bearer ${token}` } });
}
