import type { AgentStatus } from '../../core/agent/agent-status.js';
import type { Pause } from '../../core/agent/state.js';
import type { EffectiveValue } from '../../core/dockerd/config/effective.js';
import type { Finding } from '../../core/plan/finding.js';
import type { ListedTrust } from '../../core/trust/consumers/listing.js';
import type { DaemonStatus } from '../daemon/daemon-status.js';

/** A part of the screen, or why it cannot be shown: one broken file hides nothing else. */
export type StatusPart<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: string };

export interface CertificateLine {
  readonly name: string;
  readonly status: string;
  /** ISO 8601, UTC. */
  readonly notAfter: string;
  readonly due: boolean;
}

export interface ChangeLine {
  readonly generation: number;
  readonly commandLine: string;
  /** ISO 8601, UTC. */
  readonly when: string;
  readonly state: string;
}

/** What `doctor` finds, in its order. */
export interface StatusFindings {
  readonly list: readonly (Omit<Finding, 'fix'> & { readonly fixable: boolean })[];
  /** Families of findings that could not be looked at: by this user, or because dockerd gives no answer. */
  readonly unseen: readonly string[];
  readonly asRoot: boolean;
  /** Only files were looked at, below `--root`. */
  readonly filesOnly: boolean;
}

export interface StatusData {
  readonly findings: StatusPart<StatusFindings>;
  /** Or why its file cannot be looked at. */
  readonly daemon: DaemonStatus | { readonly error: string };
  /** What the file and the flags say. */
  readonly settings: StatusPart<readonly EffectiveValue[]>;
  /** A row for each consumer of each. */
  readonly registries: StatusPart<readonly ListedTrust[]>;
  /** By expiry; null without an authority. */
  readonly certificates: StatusPart<readonly CertificateLine[] | null>;
  /** The last one, or the one that is open; null when nothing was ever changed. */
  readonly change: StatusPart<ChangeLine | null>;
  /** How many things are not as declared; null where nothing is declared. */
  readonly adrift: StatusPart<number | null>;
  /** null: no agent runs. */
  readonly agent: StatusPart<AgentStatus | null>;
  /** null: the agent may repair. */
  readonly pause: Pause | null;
}
