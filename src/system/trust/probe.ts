import type { RegistryAddress } from '../../core/registry/address.js';
import { tokenRealm, type TokenRealm } from '../../core/registry/challenge.js';
import {
  isFailure,
  type RegistryAnswer,
  type Failure,
  type ProbeFacts,
  type Shown,
  type TokenFacts,
} from '../../core/trust/diagnosis/facts.js';
import { messageOf, systemErrorCode } from '../../errors.js';
import type { Host, TlsMaterial } from '../../host/host.js';
import { deadline, type Deadline } from '../systemd/deadline.js';
import { leadsInside } from './redirect-guard.js';

export interface ProbeTarget {
  readonly registry: RegistryAddress;
  /** dockerd would not look at its certificate. Decided with its addresses, because the list may hold networks. */
  isInsecure(addresses: readonly string[]): boolean;
  readonly client: { readonly cert: string; readonly key: Uint8Array } | null;
  /** Where its API begins; default: `/v2`. */
  readonly path?: string;
  /** The whole probe, milliseconds. */
  readonly timeoutMs: number;
}

const API = '/v2';
const BODY_LIMIT = 16 * 1024;
const MOST_REDIRECTS = 5;
const LIKELY_PORTS = [443, 5000, 5443];
const PORT_PROBE_MS = 1_000;

/**
 * Does what dockerd would do before a pull, step by step, and writes down what it sees: name, connection, certificates,
 * GET /v2/, the token server. Judges nothing, sends no credentials, never throws, and ends within `timeoutMs`.
 */
export async function probe(host: Host, target: ProbeTarget): Promise<ProbeFacts> {
  const clock = deadline(host, target.timeoutMs);
  const { registry } = target;
  const port = registry.port ?? 443;
  const resolved = await attempt(host.net.resolve(registry.host, clock.left()));
  const blank = {
    registry,
    port,
    resolved,
    tls: null,
    answer: null,
    plain: null,
    otherPorts: [],
    redirects: [],
    token: null,
  };
  const insecure = !isFailure(resolved) && target.isInsecure(resolved);
  const hasClient = target.client !== null;
  const facts: ProbeFacts = { ...blank, insecure, hasClient, now: host.clock.now() };
  if (isFailure(resolved)) return facts;
  const steps = { host, target, clock, facts };
  const tls = await shake(steps, { host: registry.host, port });
  return isFailure(tls) ? whyNoTls(steps, tls) : askOverTls(steps, tls);
}

interface Steps {
  readonly host: Host;
  readonly target: ProbeTarget;
  readonly clock: Deadline;
  readonly facts: ProbeFacts;
}

interface DialTarget {
  readonly host: string;
  readonly port: number;
}

/** Without any root, so that the chain is the one that was sent and nothing from a store here. */
async function shake({ host, target, clock }: Steps, place: DialTarget): Promise<Shown | Failure> {
  const tls = { ...clientOf(target), systemRoots: false, ca: [], verify: false };
  return attempt(host.net.handshake({ ...place, tls, timeoutMs: clock.left() }));
}

async function whyNoTls(steps: Steps, tls: Failure): Promise<ProbeFacts> {
  const { facts, target } = steps;
  if (tls.code === 'ECONNREFUSED') {
    return {
      ...facts,
      tls,
      otherPorts: await openPorts(steps),
      ...(facts.insecure ? { answer: tls } : {}),
    };
  }
  const place = { host: target.registry.host, port: facts.port };
  const plain = await get(steps, { ...place, scheme: 'http', path: `${target.path ?? API}/` });
  return { ...facts, tls, plain, answer: facts.insecure ? (isFailure(plain) ? tls : plain) : null };
}

async function askOverTls(steps: Steps, tls: Shown): Promise<ProbeFacts> {
  const { facts, target } = steps;
  const { answer, redirects } = await follow(steps, {
    host: target.registry.host,
    port: facts.port,
    scheme: 'https',
    path: `${target.path ?? API}/`,
  });
  const realm = isFailure(answer) ? null : tokenRealm(answer.headers['www-authenticate']);
  const token = realm === null ? null : await askToken(steps, realm);
  return { ...facts, tls, answer, redirects, token };
}

async function askToken(steps: Steps, realm: TokenRealm): Promise<TokenFacts | null> {
  const { name, host, scheme, port } = realm;
  const { registry } = steps.target;
  const same = host === registry.host && port === steps.facts.port;
  if (await isTrap(steps, host)) return null;
  return {
    name,
    host,
    scheme,
    tls: same || scheme === 'http' ? null : await shake(steps, { host, port }),
  };
}

interface Request extends DialTarget {
  readonly scheme: 'http' | 'https';
  readonly path: string;
}

async function isTrap({ host, target, clock }: Steps, to: string): Promise<boolean> {
  const from = target.registry.host;
  return leadsInside(host, { from, to, timeoutMs: clock.left() });
}

interface Followed {
  readonly answer: RegistryAnswer | Failure;
  readonly redirects: readonly TokenFacts[];
}

/** dockerd's client follows redirects too; the last answer is returned when they do not end. */
async function follow(steps: Steps, first: Request): Promise<Followed> {
  const redirects: TokenFacts[] = [];
  let request = first;
  for (let hop = 0; ; hop += 1) {
    const answer = await get(steps, request);
    const next = isFailure(answer) || hop === MOST_REDIRECTS ? null : redirected(request, answer);
    if (next === null || (await isTrap(steps, next.host))) return { answer, redirects };
    const { host, port, scheme } = next;
    const isElsewhere = host !== first.host || port !== first.port;
    if (scheme === 'https' && isElsewhere)
      redirects.push({ name: `${host}:${port}`, host, scheme, tls: await shake(steps, next) });
    request = next;
  }
}

function redirected(from: Request, { status, headers }: RegistryAnswer): Request | null {
  const base = `${from.scheme}://${from.host.includes(':') ? `[${from.host}]` : from.host}:${from.port}${from.path}`;
  const location = headers.location ?? '';
  if (![301, 302, 303, 307, 308].includes(status) || !URL.canParse(location, base)) return null;
  const { protocol, hostname, port, pathname, search } = new URL(location, base);
  if (protocol !== 'https:' && protocol !== 'http:') return null;
  const scheme = protocol === 'https:' ? 'https' : 'http';
  return {
    scheme,
    host: hostname.replace(/[[\]]/g, ''),
    port: port === '' ? (scheme === 'https' ? 443 : 80) : Number(port),
    path: pathname + search,
  };
}

async function get(
  { host, target, clock }: Steps,
  request: Request,
): Promise<RegistryAnswer | Failure> {
  // The certificates were taken down before, to be judged as dockerd would; OpenSSL's word on them does not matter.
  const tls = { ...clientOf(target), systemRoots: false, ca: [], verify: false };
  return attempt(
    host.net.request({
      method: 'GET',
      ...request,
      tls,
      timeoutMs: clock.left(),
      limit: BODY_LIMIT,
    }),
  );
}

async function openPorts({ host, target, facts }: Steps): Promise<number[]> {
  const open = await Promise.all(
    LIKELY_PORTS.filter((port) => port !== facts.port).map(async (port) => {
      const place = { host: target.registry.host, port };
      const tls = { systemRoots: false, ca: [], verify: false };
      const shown = await attempt(host.net.handshake({ ...place, tls, timeoutMs: PORT_PROBE_MS }));
      return isFailure(shown) ? [] : [port];
    }),
  );
  return open.flat();
}

function clientOf({ client }: ProbeTarget): Pick<TlsMaterial, 'cert' | 'key'> {
  return client === null ? {} : { cert: client.cert, key: client.key };
}

async function attempt<Result>(work: Promise<Result>): Promise<Result | Failure> {
  try {
    return await work;
  } catch (error) {
    return { code: systemErrorCode(error) ?? 'UNKNOWN', message: messageOf(error) };
  }
}
