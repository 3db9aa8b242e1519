import { X509Certificate } from 'node:crypto';
import type { Bundle } from '../../core/pki/authority/bundle.js';
import type { Plan } from '../../core/plan/plan.js';
import { hostOf } from '../../core/pki/authority/issue-command.js';
import { nameOf, parseCertificates } from '../../core/trust/material/certificates.js';
import { readConsumerTrust } from '../../system/trust/consumer-trust.js';
import type { Context } from '../context/command.js';

/**
 * Where a deployment takes the place of another authority's certificate: clients that trust that one alone refuse the new one from
 * then on, and those of this machine are named with the command that helps.
 */
export async function issuerChangeNotes(
  { host }: Context,
  plan: Plan,
  bundles: readonly Bundle[],
): Promise<string[]> {
  const before = plan.changes.flatMap(({ before: image }) =>
    image !== null && 'text' in image.content
      ? parseCertificates(Buffer.from(image.content.text)).slice(0, 1)
      : [],
  );
  const foreign = before.find((old) => bundles.every((bundle) => !isSignedBy(old, bundle)));
  if (foreign === undefined) return [];
  const names = bundles.flatMap(({ certificate }) => certificate.names.map(({ value }) => value));
  const roots = bundles.map(({ root }) => new X509Certificate(root.der).fingerprint256);
  const { trust } = await readConsumerTrust(host, DOCKER);
  const concerned = trust.filter(
    ({ consumer, registry, ca, client, elsewhere }) =>
      consumer !== 'system' &&
      names.includes(hostOf(registry)) &&
      ![...ca, ...client, ...elsewhere]
        .flatMap(parseCertificates)
        .some(({ fingerprint256 }) => roots.includes(fingerprint256)),
  );
  const whom = [...new Set(concerned.map(({ registry }) => registry))];
  const said = `it takes the place of a certificate of ${nameOf(foreign.issuer)}: clients that trust that authority alone refuse the server now`;
  return whom.length === 0
    ? [said]
    : [
        `${said}; here ${concerned.map(({ consumer, registry }) => `${consumer} for ${registry}`).join(', ')}`,
        ...whom.map((registry) => `then: dockerctl trust add-registry ${registry}`),
      ];
}

/** Docker's own folder, whether or not a dockerd runs where the certificate is deployed. */
const DOCKER = { certsDir: '/etc/docker/certs.d', hostsToml: false };

function isSignedBy(old: X509Certificate, { root, chain }: Bundle): boolean {
  return [root, ...chain].some(({ der }) => {
    const authority = new X509Certificate(der);
    return old.checkIssued(authority) && old.verify(authority.publicKey);
  });
}
