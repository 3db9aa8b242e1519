import type { X509Certificate } from 'node:crypto';
import type { RegistryAddress } from '../../core/registry/address.js';
import { decodeX509 } from '../../core/pki/x509/x509.js';
import { shellWord } from '../../core/text/shell-word.js';
import { isSelfIssued, parseCertificates } from '../../core/trust/material/certificates.js';
import { FAILURES } from '../../core/trust/diagnosis/diagnoses.js';
import { issuerAddresses } from '../../core/trust/diagnosis/fetched.js';
import { DockerctlError, messageOf, systemErrorCode } from '../../errors.js';
import type { Host } from '../../host/host.js';
import { ownRoot } from './own-root.js';
import { leadsInside } from './redirect-guard.js';

const MOST_LINKS = 6;
const MOST_ADDRESSES = 2;
const MOST_BYTES = 64 * 1024;
const AIA_TIMEOUT_MS = 5_000;

/**
 * The chain that a registry shows, leaf first, completed by the issuers that its certificates name (AIA), by this machine's own
 * authority, and by the CA that Harbor gives away: each is taken only when it really signed the certificate below. Trusts
 * nothing, sends nothing. Throws `remote-failed`.
 */
export async function fetchChain(
  host: Host,
  registry: RegistryAddress,
  timeoutMs: number,
): Promise<X509Certificate[]> {
  const chain = decodeAll(await shake(host, registry, timeoutMs), registry);
  for (let top = chain.at(-1); top !== undefined && chain.length < MOST_LINKS;) {
    const parent = isSelfIssued(top) ? null : await issuerOf(host, registry, top);
    if (parent === null) break;
    chain.push(parent);
    top = parent;
  }
  return chain;
}

function decodeAll(chain: readonly Uint8Array[], { name }: RegistryAddress): X509Certificate[] {
  try {
    return chain.map(decodeX509);
  } catch (cause) {
    throw new DockerctlError({
      code: 'remote-failed',
      message: `${name} shows a certificate that cannot be decoded: ${messageOf(cause)}.`,
      hint: `look at it with: \`dockerctl certs inspect ${shellWord(name)}\``,
      cause,
    });
  }
}

async function shake(host: Host, registry: RegistryAddress, timeoutMs: number) {
  const port = registry.port ?? 443;
  const tls = { systemRoots: false, ca: [], verify: false };
  try {
    return (await host.net.handshake({ host: registry.host, port, tls, timeoutMs })).chain;
  } catch (error) {
    const code = systemErrorCode(error) ?? '';
    const place = { name: registry.name, port };
    const known = FAILURES.find(({ codes }) => codes.test(code));
    throw new DockerctlError({
      code: 'remote-failed',
      message: `${registry.name} shows no certificate: ${known?.says(place) ?? messageOf(error)} (${code}).`,
      hint: known?.advice(place) ?? `dockerctl trust verify ${registry.name}`,
      cause: error,
    });
  }
}

async function issuerOf(
  host: Host,
  registry: RegistryAddress,
  child: X509Certificate,
): Promise<X509Certificate | null> {
  const own = ownRoot(host);
  if (own !== null && signed(child, own)) return own;
  return (await fetchIssuer(host, registry, child)) ?? (await fromHarbor(host, registry, child));
}

function signed(child: X509Certificate, parent: X509Certificate): boolean {
  return child.checkIssued(parent) && child.verify(parent.publicKey);
}

/** Harbor gives its CA to anybody (goharbor/harbor src/server/v2.0/handler/systeminfo.go, GetCert). */
const HARBOR_CA = '/api/v2.0/systeminfo/getcert';

async function fromHarbor(
  host: Host,
  { host: name, port }: RegistryAddress,
  child: X509Certificate,
): Promise<X509Certificate | null> {
  const answer = await host.net
    .request({
      ...{ method: 'GET', scheme: 'https', host: name, port: port ?? 443, path: HARBOR_CA },
      ...{ tls: { systemRoots: false, ca: [], verify: false }, timeoutMs: AIA_TIMEOUT_MS },
      ...{ limit: MOST_BYTES, encoding: 'latin1' },
    })
    .catch(() => null);
  const found = parseCertificates(Buffer.from(answer?.body ?? '', 'latin1'));
  return found.find((parent) => signed(child, parent)) ?? null;
}

async function fetchIssuer(
  host: Host,
  registry: RegistryAddress,
  child: X509Certificate,
): Promise<X509Certificate | null> {
  for (const address of issuerAddresses(child).slice(0, MOST_ADDRESSES)) {
    const body = await get(host, registry, new URL(address)).catch(() => '');
    const [parent] = parseCertificates(Buffer.from(body, 'latin1'));
    if (parent !== undefined && signed(child, parent)) return parent;
  }
  return null;
}

/** The address comes from a certificate that nobody has checked. */
async function get(
  host: Host,
  registry: RegistryAddress,
  { hostname, port, pathname, search }: URL,
): Promise<string> {
  const name = hostname.replace(/[[\]]/g, '');
  if (await leadsInside(host, { from: registry.host, to: name, timeoutMs: AIA_TIMEOUT_MS }))
    return '';
  const answer = await host.net.request({
    method: 'GET',
    scheme: 'http',
    host: name,
    port: port === '' ? 80 : Number(port),
    path: pathname + search,
    timeoutMs: AIA_TIMEOUT_MS,
    limit: MOST_BYTES,
    encoding: 'latin1',
  });
  return answer.body;
}
