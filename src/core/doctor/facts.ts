import type { DaemonConfig } from '../daemon/activation.js';
import type { HostFacts } from '../daemon/host-facts.js';
import type { ObservedDaemon } from '../daemon/observed.js';
import type { Finding } from '../finding.js';
import type { Secrets } from '../plan.js';
import type { Tree } from '../trust/tree.js';

/** What was seen of the machine, read once; every family of findings looks at the same. */
export interface DoctorFacts {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly observed: ObservedDaemon;
  /** daemon.json as parsed; null where it is no JSON object. */
  readonly config: DaemonConfig | null;
  /** What of this machine decides whether dockerd starts with its file. */
  readonly host: HostFacts;
  /** What systemd says of the unit: `Result=`; null without systemd. */
  readonly unitResult: string | null;
  /** Permission bits of the engine's socket; null where there is none. */
  readonly socketMode: number | null;
  /** A change that was cut off, or waits for its confirmation. */
  readonly openChange: { readonly title: string; readonly awaiting: boolean } | null;
  /** certs.d and the system's store. */
  readonly tree: Tree;
  readonly secrets: Secrets;
  /** The CLI's config.json of each user looked at. */
  readonly clientConfigs: readonly { readonly path: string; readonly text: string }[];
}

/** One family of findings: what it looks at, in the words of its ok line, and what it finds. */
export interface Family {
  readonly name: string;
  readonly ok: string;
  readonly find: (facts: DoctorFacts) => readonly Finding[];
}
