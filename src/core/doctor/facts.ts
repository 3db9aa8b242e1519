import type { AgentTrouble } from '../agent/agent-status.js';
import type { DaemonConfig } from '../dockerd/activation/activation.js';
import type { HostFacts } from '../dockerd/validate/host-facts.js';
import type { FailedStart } from '../dockerd/observed/failed-start.js';
import type { GuardedFile } from '../dockerd/observed/guarded.js';
import type { ObservedDaemon } from '../dockerd/observed/observed.js';
import type { UnitCommand } from '../dockerd/observed/unit.js';
import type { Finding } from '../plan/finding.js';
import type { Secrets } from '../plan/plan.js';
import type { Snapshot } from '../plan/snapshot.js';
import type { ClientEnvironment } from './machine/client-environment.js';

/** What was seen of the machine, read once; every family of findings looks at the same. */
export interface DoctorFacts {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly observed: ObservedDaemon;
  /** Why daemon.json, which is there, could not be read; `closed`: this user may not. */
  readonly configHidden: {
    readonly closed: boolean;
    /** It is a file that dockerctl does not read for its size; what dockerd makes of it is not known. */
    readonly large?: boolean;
    readonly message: string;
    readonly hint: string;
  } | null;
  /** daemon.json as parsed; null where it is no JSON object, or could not be read. */
  readonly config: DaemonConfig | null;
  /** What of this machine decides whether dockerd starts with its file. */
  readonly host: HostFacts;
  /** Properties of `systemctl show` of docker and its neighbours, by unit; empty without systemd. */
  readonly units: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** How dockerd's unit starts it; null where no unit does. */
  readonly unit: UnitCommand | null;
  /** When this dockerd was started; null where that is not known. */
  readonly startedAt: number | null;
  /** Why dockerd does not run; null where it does, and where nothing tells. */
  readonly failedStart: FailedStart | null;
  /** Its process is halted by a signal (SIGSTOP): it lives, and does nothing. */
  readonly halted: boolean;
  /** What decides what dockerd does, and others than root may change. */
  readonly openFiles: readonly GuardedFile[];
  /** Permission bits of the engine's socket; null where there is none. */
  readonly socketMode: number | null;
  /** A change that was cut off, or waits for its confirmation. */
  readonly openChange: { readonly title: string; readonly awaiting: boolean } | 'damaged' | null;
  /** Every file and folder that was read. */
  readonly snapshot: Snapshot;
  readonly secrets: Secrets;
  /** When files changed last (ctime), milliseconds since 1970. */
  readonly changedAt: ReadonlyMap<string, number>;
  /** Only files were looked at, below `--root`: nothing there runs. */
  readonly filesOnly: boolean;
  /** dockerctl's own state is root's, and we are not. */
  readonly stateHidden: boolean;
  /** What is there and may not be read by us. */
  readonly unreadable: readonly string[];
  /** Home folders of the people whose CLI was looked at. */
  readonly homes: readonly string[];
  readonly clientEnv: ClientEnvironment;
  /** Where the CLI looks for its helpers: PATH. */
  readonly path: readonly string[];
  /** Room on the file system of the images; null where it is not known. */
  readonly disk: {
    readonly path: string;
    readonly freeBytes: number;
    readonly sizeBytes: number;
  } | null;
  /** This machine is a container, whose clock and kernel are its host's. */
  readonly contained: boolean;
  /** What `certs check` says of our own certificates. */
  readonly certificates: readonly Finding[];
  /** The agent runs another program than is installed. */
  readonly agentOutdated: boolean;
  /** What keeps the agent from its work, since when (milliseconds since 1970) and why. */
  readonly agentTrouble: AgentTrouble | null;
  readonly pause: { readonly by: string; readonly reason: string } | null;
  /** There is a declaration. */
  readonly declared: boolean;
  /** Registries that images here are named after; left out where nobody was asked. */
  readonly imageRegistries?: readonly string[];
  /**
   * The variables by which the dockerd that runs reads other certificates than the system's, and the fingerprints (SHA-256) of
   * those; left out where it reads the system's.
   */
  readonly otherRoots?: {
    readonly byVariables: readonly string[];
    readonly known: ReadonlySet<string>;
  } | null;
  /** What was asked of registries and mirrors; null without `--deep`. */
  readonly dialled: Dialled | null;
}

export interface Dialled {
  /** What `trust verify` finds of the known registries. */
  readonly registries: readonly Finding[];
  /** Insecure registries whose certificate dockerd would accept. */
  readonly trustworthy: readonly string[];
  /** Mirrors that cannot serve, and why. */
  readonly deadMirrors: readonly { readonly mirror: string; readonly reason: string }[];
}

/** One family of findings: what it looks at, in the words of its ok line, and what it finds. */
export interface Family {
  readonly name: string;
  readonly ok: string | ((facts: DoctorFacts) => string);
  readonly find: (facts: DoctorFacts) => readonly Finding[];
  /** What it looks at was not to be seen: that it found nothing says nothing. */
  readonly unseen?: (facts: DoctorFacts) => boolean;
  /** Who would tell is silent, to root too, which is a finding of its own. */
  readonly untold?: (facts: DoctorFacts) => boolean;
}

export function isLoaded(units: DoctorFacts['units'], name: string): boolean {
  return units.get(name)?.get('LoadState') === 'loaded';
}
