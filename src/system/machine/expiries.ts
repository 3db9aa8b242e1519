import type { TrustSituation } from '../../core/declaration/desired-trust.js';
import type { Expiring } from '../../core/agent/certificate-renewal.js';
import { nameOf, parseCertificates } from '../../core/trust/material/certificates.js';
import { isDockerctlError } from '../../errors.js';
import type { Host } from '../../host/host.js';
import { fetchChain } from '../trust/fetch-chain.js';

/** An agent that waits here for a registry that is away sees nothing else meanwhile. */
const ASK_MS = 5_000;

/** When the declared CAs end, and what the declared registries present. One that cannot be asked presents nothing. */
export async function readExpiries(
  host: Host,
  { registries, authorities }: TrustSituation,
): Promise<Expiring[]> {
  const trusted = registries.flatMap(({ address, material }) =>
    isDockerctlError(material) ? [] : endsOf(`the CA of ${address.name}`, material.ca),
  );
  const system = authorities.flatMap(({ name, pem }) =>
    isDockerctlError(pem) ? [] : endsOf(`the CA ${name}`, pem),
  );
  const asked = registries.filter(({ declared }) => declared.insecure !== true);
  const shown = await Promise.all(
    asked.map(async ({ address }) => {
      const [leaf] = await fetchChain(host, address, ASK_MS).catch(() => []);
      return leaf === undefined
        ? []
        : endsOf(`the certificate of ${address.name}`, leaf.toString());
    }),
  );
  return [...trusted, ...system, ...shown.flat()];
}

function endsOf(name: string, pem: string | null): Expiring[] {
  return parseCertificates(pem === null ? null : Buffer.from(pem)).map((one) => ({
    name: `${name} (${nameOf(one.subject)})`,
    notAfter: Date.parse(one.validTo),
  }));
}
