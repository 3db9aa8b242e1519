import type { InterimTexts } from '../../../core/dockerd/restart/live-restore.js';
import { unmetExpectations } from '../../../core/dockerd/activation/expectation.js';
import type { ObservedDaemon } from '../../../core/dockerd/observed/observed.js';
import type { Activated } from '../../../core/plan/outcome.js';
import type { ActivationAction, Expectation } from '../../../core/plan/plan.js';
import type { DockerctlError } from '../../../errors.js';
import type { Host } from '../../../host/host.js';
import { activate, reactivate } from './activate.js';
import { engineInfo } from '../engine.js';
import { lookAtDaemon, type Look } from '../observe.js';
import { recordingStart } from '../start-record.js';

/** Writes an interim config to daemon.json, durably; null deletes the file. */
export type WriteInterim = (text: string | null) => void;

/** Called before dockerd is told by it, so that whoever takes the change back does no more: a signal, or an end and a start. */
export type BeforeTelling = (action: 'reload' | 'restart') => void;

/** What dockerd shall be made to do. */
export interface ActivationRequest {
  readonly action: ActivationAction;
  readonly expect: readonly Expectation[];
  readonly containers: 'keep' | 'stop';
  /** Milliseconds for all of it. */
  readonly timeoutMs: number;
  readonly telling: BeforeTelling;
  readonly progress?: (message: string) => void;
  /** Keeps running containers through the restart; null where live-restore need not be switched. */
  readonly interimConfig: InterimConfig | null;
  /** Has docker0 made anew by one more start; left out where it stays. */
  readonly bridgeReset?: BridgeReset | undefined;
}

/** One start without the default bridge, before the one that counts. */
export interface BridgeReset {
  /** daemon.json for it, and as it is to be afterwards; null is no file. */
  readonly text: string;
  readonly end: string | null;
  readonly write: WriteInterim;
}

/** The texts that daemon.json holds in turn around a live-restore restart, and how they are written. */
export interface InterimConfig {
  readonly texts: InterimTexts;
  readonly write: WriteInterim;
  /** The pid of the dockerd that never saw the new file; null when nobody knows it any more. */
  readonly oldPid: number | null;
}

export interface RestoreRequest extends Pick<
  ActivationRequest,
  'action' | 'timeoutMs' | 'interimConfig' | 'bridgeReset'
> {
  /** The units that ran because dockerd did. */
  readonly dependents: readonly string[];
  /** Whether dockerd was told of live-restore for the change, which the old file is silent about. */
  readonly switchOff?: boolean;
}

/** How dockerd is looked at. */
export interface Looking {
  /** Milliseconds that the whole command has. */
  readonly timeoutMs?: number;
  /** Systemd is asked again, too. */
  readonly anew?: boolean;
  /** Told of a daemon.json that cannot be read, which is then taken for none. */
  readonly unreadable?: (error: DockerctlError) => void;
}

/** The daemon's side of a transaction. */
export interface DaemonController {
  /** What an earlier look of the same command learned from systemd is asked again only where it may have changed, or `anew`. */
  observe(config: string | null, how?: Looking): Promise<ObservedDaemon>;
  /** Throws when dockerd refuses, does not come up, or does not show what is expected. */
  activate(observed: ObservedDaemon, request: ActivationRequest): Promise<Activated | null>;
  /** Makes dockerd run on the files as they are now, however it is. */
  restore(observed: ObservedDaemon, request: RestoreRequest): Promise<void>;
  /** What dockerd does not show of what is expected, a sentence each. */
  unmet(observed: ObservedDaemon, expect: readonly Expectation[]): Promise<readonly string[]>;
}

/** The last look at dockerd of one command, or of one repair of the agent. */
export interface Looks {
  last: Look | null;
}

/** The real dockerd of this machine. Whoever shares `looks` asks systemd once. */
export function daemonController(host: Host, looks: Looks = { last: null }): DaemonController {
  return {
    observe: async (config, { anew, ...how } = {}) => {
      const options = { config, ...how };
      looks.last = await lookAtDaemon(host, options, anew === true ? null : looks.last);
      return looks.last.observed;
    },
    activate: (observed, request) =>
      recordingStart(host, { observed, interim: startText(request) }, () =>
        activate(host, observed, request),
      ),
    restore: (observed, request) =>
      recordingStart(host, { observed, interim: startText(request) }, () =>
        reactivate(host, observed, request),
      ),
    unmet: async ({ endpoint }, expect) => {
      const info = endpoint && (await engineInfo({ host, endpoint }));
      return info === null ? [] : unmetExpectations(expect, { info, reloadEvent: null });
    },
  };
}

/** dockerd is started with live-restore on, whatever the file says afterwards. */
function startText({ interimConfig }: Pick<ActivationRequest, 'interimConfig'>): string | null {
  return interimConfig === null ? null : interimConfig.texts.on;
}
