import type { ObservedDaemon } from '../../../core/dockerd/observed/observed.js';
import { cannotRestart } from '../../../core/dockerd/restart/plan-restart.js';
import { DockerctlError } from '../../../errors.js';
import type { Host } from '../../../host/host.js';
import { dockerdOfPidFile, hasEnded } from '../../systemd/process.js';
import {
  killMain,
  queueRestart,
  readUnitFiles,
  resetFailed,
  stopUnits,
} from '../../systemd/control-unit.js';
import { unitsOf, type Unit } from '../../systemd/systemctl.js';
import { hasLostSocket, showUnit } from '../../systemd/unit-state.js';

/** dockerd as its supervisor sees it at one moment. */
export interface DaemonSight {
  /** Names this run of dockerd: another start has another name. */
  readonly run: string;
  readonly active: boolean;
  /** The start failed, whether or not it will be tried again. */
  readonly failed: boolean;
}

/** Whoever starts and stops dockerd. */
export interface Supervisor {
  /** Begins to restart dockerd, or to start it, without waiting; answers the name of the run before. */
  start(): Promise<string>;
  look(): Promise<DaemonSight>;
  /**
   * Ends a dockerd that hangs, and the tries to start one that fails. `holdSocket`: until its next start by us no client
   * starts it by its socket either.
   */
  kill(how: { readonly holdSocket: boolean }): Promise<void>;
}

/** @throws cannot-restart */
export function supervisorOf(host: Host, observed: ObservedDaemon): Supervisor {
  const { manager } = observed;
  switch (manager.kind) {
    case 'systemd':
      return systemdSupervisor(host, manager, bypassesSocket(observed));
    case 'sysv':
      return scriptSupervisor(host, manager.service);
    case 'process':
    case 'none':
      throw cannotRestart(observed);
  }
}

/** It listens on sockets of its own where its unit is to hand it one: when it ends, it removes the file of that, too. */
function bypassesSocket({ state, argv, startWords }: ObservedDaemon): boolean {
  const usesUnits = (words: readonly string[]) => words.some((word) => word.includes('fd://'));
  return state === 'running' && usesUnits(startWords.map(({ word }) => word)) && !usesUnits(argv);
}

function systemdSupervisor(host: Host, unit: Unit, isBypassed: boolean): Supervisor {
  /** A client may have had the socket start dockerd just before: how often that one failed is not our start's fault. */
  let restartsBefore = 0;
  return {
    start: async () => {
      const before = await showUnit(host, unit);
      // A start that hangs would only be stopped after TimeoutStopSec.
      if (before?.subState.startsWith('start') === true) await killMain(host, unit);
      // It was judged by its files as they are.
      if (before?.isOutdated === true) await readUnitFiles(host, unit);
      await resetFailed(host, unit);
      const withSocket = isBypassed || (before !== null && hasLostSocket(host, before));
      const queued = await queueRestart(host, unit, { withSocket });
      if (queued?.status !== 0) throw notQueued(unit, queued?.stderr ?? 'there is no systemctl');
      restartsBefore = (await showUnit(host, unit))?.restarts ?? 0;
      return before?.invocation ?? '';
    },
    look: async () => {
      const state = await showUnit(host, unit);
      if (state === null) return { run: '', active: false, failed: false };
      const { activeState, subState, restarts, busy } = state;
      const ended = ['failed', 'inactive'].includes(activeState) || subState === 'auto-restart';
      return {
        run: state.invocation,
        // Until our restart is through, what we see may be the dockerd that it ends.
        active: activeState === 'active' && !busy,
        // systemd tries again on its own (Restart=always): one failure is enough for us.
        failed: restarts > restartsBefore || (ended && !busy),
      };
    },
    kill: async ({ holdSocket }) => {
      const state = await showUnit(host, unit);
      const names = holdSocket && state?.ownsSocketUnit === true ? unitsOf(unit) : [unit.unit];
      // Queued before it is killed: a client that waits would have its socket start it again at once.
      await stopUnits(host, unit, { names, wait: false });
      await killMain(host, unit);
      await stopUnits(host, unit, { names, wait: true });
      await resetFailed(host, unit);
    },
  };
}

/** Where Debian's service script keeps the pid of the dockerd that it forked; dockerd writes its own when it is up. */
const SCRIPT_PID_FILE = '/run/docker-ssd.pid';

/** Service scripts answer when dockerd was forked; whether it comes up is seen by its pid file. */
function scriptSupervisor(host: Host, service: string): Supervisor {
  const pid = () => dockerdOfPidFile(host, '/run/docker.pid')?.pid ?? null;
  let failed = false;
  return {
    start: async () => {
      const before = String(pid() ?? '');
      // Debian's script fails to restart what does not run.
      const runs = pid() !== null || dockerdOfPidFile(host, SCRIPT_PID_FILE) !== null;
      const { status } = await runScript(host, service, runs ? 'restart' : 'start');
      failed = status !== 0;
      return before;
    },
    look: () =>
      Promise.resolve({
        run: String(pid() ?? ''),
        active: pid() !== null,
        // start-stop-daemon has written it by the time the script answers: a dockerd that is gone at once is seen too.
        failed: failed || hasEnded(host, SCRIPT_PID_FILE),
      }),
    kill: () => {
      const hanging = pid();
      if (hanging !== null) host.exec.kill(hanging, 'SIGKILL');
      return Promise.resolve();
    },
  };
}

async function runScript(host: Host, service: string, act: 'restart' | 'start') {
  try {
    return await host.exec.run(['service', service, act], { timeoutMs: 120_000 });
  } catch {
    return host.exec.run(['rc-service', service, act], { timeoutMs: 120_000 });
  }
}

function notQueued(unit: Unit, why: string): DockerctlError {
  // docker.socket, or containerd.service, without which systemd starts no docker.service.
  const masked = /Unit (\S+) is masked/.exec(why)?.[1];
  return new DockerctlError({
    code: 'not-permitted',
    message: `systemd did not take the restart of ${unit.unit}: ${why.trim().replace(/\.$/, '')}`,
    hint:
      masked === undefined
        ? `try it yourself: \`systemctl restart ${unit.unit}\``
        : `systemctl unmask ${masked} && systemctl unmask --runtime ${masked} && dockerctl daemon restart`,
  });
}
