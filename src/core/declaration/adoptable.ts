import { pemBlocks } from '../pki/keys/pem.js';
import { isRegistryName, registryFileName } from '../registry/address.js';
import type { ConsumerTrust } from '../trust/contributions/consumer-trust.js';
import type { AdoptedState } from './adopt.js';

/**
 * What of the trust on a machine a declaration can hold: registries by name, and the CAs in the system's store that stand there by
 * our name.
 */
export function adoptableTrust(
  trust: readonly ConsumerTrust[],
): Required<Pick<AdoptedState, 'registries' | 'cas'>> {
  const found = trust
    .filter(({ consumer, registry }) => ADOPTED.includes(consumer) && isRegistryName(registry))
    .map(({ consumer, registry, ca, client }) => ({
      consumer,
      registry,
      ca: pemOf(ca),
      client: client.length > 0,
    }))
    .filter(({ ca, client }) => ca !== '' || client);
  const stored = trust
    .filter(({ consumer }) => consumer === 'system')
    .map(({ registry, ca }) => ({ name: registry, pem: pemOf(ca) }));
  const names = [...new Set(found.map(({ registry }) => registry))];
  const trusted = found
    .filter(({ ca }) => ca !== '')
    .map(({ registry }) => registryFileName(registry));
  const inStore = (registry: string) =>
    stored.some(({ name }) => name === registryFileName(registry));
  return {
    registries: names.map((name) => {
      const here = found.filter(({ registry }) => registry === name);
      const trusting = here.filter(({ ca }) => ca !== '');
      return {
        name,
        ca: trusting[0]?.ca ?? null,
        client: here.some(({ client }) => client),
        to: [
          ...new Set(trusting.map(({ consumer }) => consumer)),
          ...(inStore(name) ? ['system'] : []),
        ],
      };
    }),
    cas: stored.filter(({ name, pem }) => pem !== '' && !trusted.includes(name)),
  };
}

/** Docker's comes first: its CA is declared where they differ. */
const ADOPTED: readonly ConsumerTrust['consumer'][] = [
  'docker',
  'containerd',
  'podman',
  'buildkit',
  'k3s',
];

/** Somebody may have put a private key beside them. */
function pemOf(files: readonly Uint8Array[]): string {
  const blocks = files.flatMap((file) => pemBlocks(Buffer.from(file).toString('latin1')));
  const certificates = blocks.filter(({ label }) => label === 'CERTIFICATE');
  return [...new Set(certificates.map(({ text }) => `${text}\n`))].join('');
}
