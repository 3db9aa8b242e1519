import type { X509Certificate } from 'node:crypto';
import { certificatesForGo, isAuthority, nameOf } from '../material/certificates.js';
import type { ConsumerName } from '../contributions/consumer.js';
import type { ConsumerTrust } from '../contributions/consumer-trust.js';
import { utcDay } from '../../text/utc-time.js';

/** One registry that one consumer trusts in a way of its own. */
export interface ListedTrust {
  /** For the system store the name the CA was added under. */
  readonly registry: string;
  readonly consumer: ConsumerName;
  /** Subjects of the CAs; `client certificate`; `nothing is verified`. */
  readonly by: readonly string[];
  /** When the first of them ends, as a day; null where nothing ends. */
  readonly until: string | null;
  readonly insecure: boolean;
  /** Other servers that are asked in its place, first to last, as a hosts.toml names them. */
  readonly asks: readonly string[];
}

/** Everything trusted beside the system's own roots; `insecure` are the entries that dockerd does not verify. */
export function listTrusted(
  trust: readonly ConsumerTrust[],
  insecure: readonly string[],
): ListedTrust[] {
  const read = remembering();
  const found = trust.flatMap(
    ({ consumer, registry, ca, client, elsewhere, insecure: open, asks }) => {
      const certificates = [...ca, ...client, ...elsewhere].flatMap(read);
      const listedOpen = consumer === 'docker' && insecure.includes(registry);
      return certificates.length === 0 && !open && asks.length === 0
        ? []
        : [{ registry, consumer, ...summary(certificates), insecure: open || listedOpen, asks }];
    },
  );
  const dockers = found.filter(({ consumer }) => consumer === 'docker');
  const listed = new Set(dockers.map(({ registry }) => registry));
  const open = insecure
    .filter((entry) => !listed.has(entry))
    .map((registry) => ({
      registry,
      consumer: 'docker' as const,
      by: [],
      until: null,
      insecure: true,
      asks: [],
    }));
  return [...found, ...open].toSorted((one, other) =>
    one.registry < other.registry ? -1 : one.registry > other.registry ? 1 : 0,
  );
}

/** What the list says of one certificate. */
interface ListedCertificate {
  readonly by: string;
  /** The day on which it ends. */
  readonly until: string;
}

/** Thousands of registries share a few CAs. */
function remembering(): (bytes: Uint8Array) => readonly ListedCertificate[] {
  const known = new Map<string, readonly ListedCertificate[]>();
  return (bytes) => {
    const key = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
    const found = known.get(key) ?? certificatesForGo(bytes).map(readListed);
    known.set(key, found);
    return found;
  };
}

function readListed(certificate: X509Certificate): ListedCertificate {
  const name = nameOf(certificate.subject);
  return {
    by: isAuthority(certificate) ? name : `client certificate ${name}`,
    until: utcDay(new Date(certificate.validTo).toISOString()),
  };
}

function summary(certificates: readonly ListedCertificate[]): Pick<ListedTrust, 'by' | 'until'> {
  const [first = null] = certificates.map(({ until }) => until).toSorted();
  return { by: certificates.map(({ by }) => by), until: first };
}
