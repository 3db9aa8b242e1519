import type { ObservedDaemon } from '../../core/dockerd/observed/observed.js';
import type { Outcome } from '../../core/plan/outcome.js';
import { createPlan, type Plan } from '../../core/plan/plan.js';
import { reloadHazards } from '../../core/dockerd/activation/hazards.js';
import { configIn } from '../../core/dockerd/config/edit.js';
import { parseFlags } from '../../core/dockerd/options/flags.js';
import { engineOf } from '../../core/dockerd/options/keys/version.js';
import { DockerctlError } from '../../errors.js';
import { refuseNextStart } from '../../system/dockerd/dockerd-validate.js';
import { observe } from '../../app/context/observe.js';
import { applyChange } from '../../app/change/apply-change.js';
import type { Context } from '../../app/context/command.js';
import { judgeFile } from './daemon-status.js';

/**
 * Reloads or restarts dockerd as a change without files: under the lock, proved, and for a restart with the containers
 * kept by live-restore. A file that dockerd would refuse is refused before.
 */
export async function tellDaemon(context: Context, action: 'reload' | 'restart'): Promise<Outcome> {
  const { options } = context;
  refuseContradiction(options.activate, action);
  const observed = await observe(context);
  refuseUntellable(observed, action);
  refuseStranger(context, observed, action);
  if (options.validate) {
    if (action === 'restart') refuseNextStart(context.host, observed);
    refuseBadFile(context, observed, action);
  }
  const plan = planOf(action, action === 'reload' ? harmOf(observed) : []);
  return applyChange({ ...context, options: { ...options, activate: action } }, plan);
}

function planOf(action: 'reload' | 'restart', notes: readonly string[]): Plan {
  const activation = { action, reasons: ['you asked for it'] };
  return createPlan(`daemon ${action}`, { activation, notes });
}

/** What this reload breaks until the next start, a sentence each. */
function harmOf(observed: ObservedDaemon): string[] {
  const { configFile, version, argv } = observed;
  const situation = {
    ...{ after: configIn(configFile), engine: engineOf(version) },
    ...{ flags: parseFlags(argv) },
  };
  return reloadHazards(situation).flatMap(({ note }) => note ?? []);
}

function refuseContradiction(activate: Context['options']['activate'], action: string): void {
  if (activate === 'auto' || activate === action) return;
  throw new DockerctlError({
    code: 'usage',
    message: `daemon ${action} and --activate ${activate} contradict each other`,
    hint: `dockerctl daemon ${action}`,
  });
}

function refuseUntellable({ state, configPath, unmanaged }: ObservedDaemon, action: string): void {
  const untellable = {
    running: null,
    failed: action === 'restart' ? null : NOT_RUNNING,
    stopped: action === 'restart' ? null : NOT_RUNNING,
    masked: MASKED,
    absent: absentFault(configPath, unmanaged?.reader ?? null),
  }[state];
  if (untellable !== null) throw new DockerctlError({ code: 'no-daemon', ...untellable });
}

function absentFault(configPath: string, reader: number | null) {
  return reader === null
    ? {
        message: `no dockerd on this machine reads ${configPath}`,
        hint: 'see `dockerctl daemon status`',
      }
    : {
        message: `dockerd with pid ${reader} was started with ${configPath}, and dockerctl does not manage it`,
        hint: `let it read the file again by \`kill -HUP ${reader}\`, or start it again as it was started`,
      };
}

const NOT_RUNNING = {
  message: 'dockerd does not run, so it has nothing to reload',
  hint: 'start it: `dockerctl daemon restart`',
};

const MASKED = {
  message: "dockerd's unit is masked, so nothing can start it",
  hint: 'systemctl unmask docker docker.socket && systemctl unmask --runtime docker docker.socket && dockerctl daemon restart',
};

/** Before anything is tried: what systemd refuses would look like a dockerd that does not come up. */
function refuseStranger({ host }: Context, { manager }: ObservedDaemon, action: string): void {
  const own = manager.kind === 'systemd' && manager.user;
  if (host.self.uid === 0 || own) return;
  throw new DockerctlError({
    code: 'not-permitted',
    message: `only root may ${action} this machine's dockerd`,
    hint: `sudo dockerctl daemon ${action}`,
  });
}

/** There is no old file to go back to. */
function refuseBadFile({ host }: Context, observed: ObservedDaemon, action: string): void {
  const { starts, reloads, errors } = judgeFile(host, observed);
  if (action === 'restart' ? starts : reloads) return;
  throw new DockerctlError({
    code: 'invalid-config',
    message: `dockerd would refuse ${observed.configPath}${errors.length === 0 ? '' : `: ${errors.join('; ')}`}`,
    hint: 'see `dockerctl config validate`; `--no-validate` lets dockerd judge',
  });
}
