import type { X509Certificate } from 'node:crypto';
import type { TrustSituation } from '../../core/declaration/desired-trust.js';
import type { Expiring } from '../../core/agent/certificate-renewal.js';
import type { RegistryAddress } from '../../core/registry/address.js';
import { nameOf, parseCertificates } from '../../core/trust/material/certificates.js';
import { isDockerctlError } from '../../errors.js';
import type { Host } from '../../host/host.js';
import { fetchChain } from '../trust/fetch-chain.js';

/** An agent that waits here for a registry that is away sees nothing else meanwhile. */
const ASK_MS = 5_000;

/** When the declared CAs end. */
export function declaredEnds({ registries, authorities }: TrustSituation): Expiring[] {
  const trusted = registries.map(({ address, material }) => ({
    name: `the CA of ${address.name}`,
    pem: isDockerctlError(material) ? null : material.ca,
  }));
  const system = authorities.map(({ name, pem }) => ({
    name: `the CA ${name}`,
    pem: isDockerctlError(pem) ? null : pem,
  }));
  const known = new Map<string, X509Certificate[]>();
  return [...trusted, ...system].flatMap(({ name, pem }) => {
    if (pem === null) return [];
    const certificates = known.get(pem) ?? parseCertificates(Buffer.from(pem));
    known.set(pem, certificates);
    return endsOf(name, certificates);
  });
}

/** When what a registry presents ends; nothing of one that cannot be asked. */
export async function presentedEnds(host: Host, address: RegistryAddress): Promise<Expiring[]> {
  const chain = await fetchChain(host, address, ASK_MS).catch(() => []);
  return endsOf(`the certificate of ${address.name}`, chain.slice(0, 1));
}

function endsOf(name: string, certificates: readonly X509Certificate[]): Expiring[] {
  return certificates.map((one) => ({
    name: `${name} (${nameOf(one.subject)})`,
    notAfter: Date.parse(one.validTo),
  }));
}
