import type { IssuedByUs } from '../../core/pki/authority/served.js';
import type { GoRules } from '../../core/pki/go/rules/generation.js';
import { bytesAt, type Snapshot } from '../../core/plan/snapshot.js';
import type { Trust } from '../../core/trust/diagnosis/judge-chain.js';
import { joinRoots, readRoots, type Roots } from '../../core/trust/diagnosis/roots.js';
import {
  certificatesForGo,
  nameOf,
  parseCertificates,
  toPem,
} from '../../core/trust/material/certificates.js';

/** What dockerd trusts beside the certificates of one registry. */
export interface DaemonTrust {
  readonly certsDir: string;
  /** Entries of insecure-registries, hosts and networks. */
  readonly insecure: readonly string[];
  readonly systemRoots: Roots;
  /** The rules of its Go; several where it is not known which. */
  readonly engines: readonly GoRules[];
  /** Tokens are fetched by the system's certificates alone (images in containerd). */
  readonly tokensBySystem: boolean;
  /** This machine's own authority, whether it is trusted or not; undefined where there is none. */
  readonly own?: Roots;
  /** What that authority issued. */
  readonly issued?: IssuedByUs;
  /** Its pulls read hosts.toml in certsDir. */
  readonly hostsToml: boolean;
  /** For each registry, milliseconds. */
  readonly timeoutMs: number;
}

/** The files by which one server is trusted. */
export interface TrustedFiles {
  /** What OpenSSL can use of them, PEM. */
  readonly ca: readonly string[];
  /** As they are, one character a byte: Go reads in them what it can. */
  readonly authorities: readonly string[];
}

/** What dockerd would judge a server's certificates by. */
export function trustOf(
  { ca, authorities }: TrustedFiles,
  { systemRoots, engines, tokensBySystem, own, issued }: DaemonTrust,
): Trust {
  const installed = ca.flatMap((text) => parseCertificates(Buffer.from(text)));
  return {
    roots: joinRoots(systemRoots, readRoots(authorities)),
    installed: installed.map(({ subject }) => nameOf(subject)),
    engines,
    ...(tokensBySystem && { tokenRoots: systemRoots }),
    ...(own !== undefined && { own }),
    ...(issued !== undefined && { issued }),
  };
}

/** PEM of what Go reads in a file. */
export function seenByGo(snapshot: Snapshot, path: string): string {
  return toPem(certificatesForGo(bytesAt(snapshot, path)));
}
