import type { X509Certificate } from 'node:crypto';
import { certificatesForGo } from '../material/certificates.js';

/** Trusted certificates by subject. */
export interface Roots {
  bySubject(subject: string): readonly X509Certificate[];
  has(certificate: X509Certificate): boolean;
}

/** Reads PEM bundles, one character a byte; what cannot be read is passed over, as Go's AppendCertsFromPEM has it. */
export function readRoots(bundles: readonly string[]): Roots {
  const all = new Map<string, X509Certificate[]>();
  const known = new Set<string>();
  for (const certificate of bundles.flatMap((bundle) =>
    certificatesForGo(Buffer.from(bundle, 'latin1')),
  )) {
    if (known.has(certificate.fingerprint256)) continue;
    known.add(certificate.fingerprint256);
    all.set(certificate.subject, [...(all.get(certificate.subject) ?? []), certificate]);
  }
  return {
    bySubject: (subject) => all.get(subject) ?? [],
    has: (certificate) => known.has(certificate.fingerprint256),
  };
}

/** Both together: the system's, read once, and those of one registry. */
export function joinRoots(one: Roots, other: Roots): Roots {
  return {
    bySubject: (subject) => [...one.bySubject(subject), ...other.bySubject(subject)],
    has: (certificate) => one.has(certificate) || other.has(certificate),
  };
}
