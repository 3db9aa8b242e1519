import type { JsonObject } from '../../formats/json/json-object.js';
import type { FileImage } from '../../plan/plan.js';
import type { UnitFault } from './unit-fault.js';
import type { SourcedWord } from './unit.js';
import type { Witnesses } from './witnesses.js';

/** Everything `decide` needs to know about the machine's dockerd. Gathered by system/observe. */
export interface ObservedDaemon {
  /** The daemon.json that this dockerd reads, and whether `--config-file` names it (a missing file is then an error to dockerd). */
  readonly configPath: string;
  readonly configPathExplicit: boolean;
  /** The file as it is; null when it does not exist. */
  readonly configFile: FileImage | null;
  /** Root of the legacy certificates tree, normally /etc/docker/certs.d. */
  readonly certsDir: string;
  /**
   * `masked`: its unit is, so that nothing can start it. `absent`: no dockerd on this machine, `--root`, or a `--config` that the dockerd here does not read: files can be
   * written, nothing can be told.
   */
  readonly state: 'running' | 'stopped' | 'failed' | 'masked' | 'absent';
  readonly manager: DaemonManager;
  /** It counts as absent only because systemd gave no answer: there may be one. */
  readonly unseen?: boolean;
  /** Where a file was named that the dockerd we manage does not read: the pid of another that was started with it, if any. */
  readonly unmanaged?: { readonly reader: number | null };
  /** Desktop and snap keep their files elsewhere and are restarted by their own tools. */
  readonly flavour: 'engine' | 'rootless' | 'snap' | 'desktop';
  /** Where the engine's API answers; null when nothing that we can reach is configured. */
  readonly endpoint: EngineEndpoint | null;
  /**
   * Whether containers may outlive a dockerd that stops, given live-restore: KillMode=process (or none) in the unit.
   * The rootless unit kills them all.
   */
  readonly containersOutlive: boolean;
  /** Like 26.1.5; of the running daemon, else of the binary; null when neither answers. */
  readonly version: string | null;
  readonly pid: number | null;
  /** How often systemd had started it again by itself (NRestarts=). */
  readonly automaticRestarts: number;
  /** dockerd's full command line: of the process when it runs, else as it would be started. */
  readonly argv: readonly string[];
  /** Its unit file and drop-ins; left out where there is no unit. */
  readonly unitFiles?: readonly string[];
  /** As its unit or service script would start it now: other flags than `argv` when that was edited since. */
  readonly startWords: readonly SourcedWord[];
  /** Why systemd would not start it again; null where nothing is known to be wrong with its unit. */
  readonly unitFault: UnitFault | null;
  /** Where each flag of `argv` comes from, for `config show --effective`. */
  readonly flagSources: readonly FlagSource[];
  /** The parsed answer of GET /info; null when the daemon does not answer. */
  readonly info: JsonObject | null;
  /** Why a dockerd that runs, and may be asked, gives no answer; null where it answers, does not run, or nobody can ask. */
  readonly silence: Silence | null;
  /** The program that systemd watches in dockerd's place, such as `sh`; null where that is dockerd itself. */
  readonly wrapper: string | null;
  /** It runs, and its socket is closed to this user: `info` is null for want of rights only. */
  readonly forbidden: boolean;
  /** Those that run: as dockerd lists them, or, where it cannot be asked, as their processes show. */
  readonly containers: readonly RunningContainer[];
  /**
   * Containers, stopped ones too, that are made with `--add-host NAME:host-gateway`; asked only of engines of which a reload
   * keeps them from starting, and left out where nobody asked.
   */
  readonly hostGatewayUsers?: readonly string[];
  /** The same for `--runtime io.containerd.…`. */
  readonly shimRuntimeUsers?: readonly string[];
  /** Containers that run and that dockerd does not list: of another data root, namespace or image store. Left out: none. */
  readonly unlisted?: readonly RunningContainer[];
  /** The active units that systemd stops whenever it stops dockerd's, because they require it. */
  readonly dependents: readonly string[];
  /** What tells with which configuration it runs. */
  readonly witnesses: Witnesses;
}

export type DaemonManager =
  | {
      readonly kind: 'systemd';
      readonly unit: string;
      readonly socketUnit: string | null;
      readonly user: boolean;
    }
  | { readonly kind: 'sysv'; readonly service: string }
  | {
      readonly kind: 'process';
      readonly pidFile: string;
      /** The unit in whose cgroup it runs, where systemd tells nothing of it; null: somebody started it by hand. */
      readonly untold: string | null;
    }
  | { readonly kind: 'none' };

/**
 * `starting`: systemd is at work on its unit; `stopped`: by a signal (SIGSTOP); `no-socket`: its socket file is gone;
 * `podman`: another program answers in its place; `silent`: nothing, or nothing of use, comes from its socket.
 */
export type Silence = 'starting' | 'stopped' | 'no-socket' | 'podman' | 'silent';

/** As `Net.request` takes it. */
export type EngineEndpoint =
  | { readonly socketPath: string }
  | { readonly scheme: 'http'; readonly host: string; readonly port: number };

export interface FlagSource {
  /** As written: `--mtu=1400`, `-H`. */
  readonly flag: string;
  /** `docker.service`, a drop-in's path, `/etc/default/docker`. */
  readonly source: string;
}

export interface RunningContainer {
  readonly id: string;
  readonly name: string;
  readonly pid: number;
  readonly startedAt: string;
  /** no | always | unless-stopped | on-failure */
  readonly restartPolicy: string;
  /** Made with --rm. */
  readonly isRemovedAtEnd?: boolean;
}
