import { DockerctlError } from '../../../errors.js';
import type { ActivationAction, Plan } from '../../plan/plan.js';
import { printable } from '../../text/printable.js';
import { type LiveRestore, planLiveRestore } from './live-restore.js';
import { configsIn, movesBridge } from '../activation/bridge-reset.js';
import { configChange } from './config-change.js';
import { elsewhereOf } from './out-of-sight.js';
import { refuseUnlisted, unlistedText } from './unlisted.js';
import type { ObservedDaemon, RunningContainer } from '../observed/observed.js';

/** A plan as it is applied, and how running containers survive; `liveRestore` null where it need not be switched on. */
export interface PreparedPlan {
  readonly plan: Plan;
  readonly liveRestore: LiveRestore | null;
}

/**
 * What a restart needs before anything is written. daemon.json joins the plan for a live-restore restart, because it
 * changes on the way even when it ends as it was.
 * @throws containers-would-stop, cannot-restart
 */
export function planRestart(
  plan: Plan,
  observed: ObservedDaemon,
  how: { readonly action: ActivationAction; readonly containers: 'keep' | 'stop' },
): PreparedPlan {
  if (how.action !== 'restart') return { plan, liveRestore: null };
  if (observed.manager.kind === 'process' || observed.manager.kind === 'none')
    throw cannotRestart(observed);
  refuseBadUnit(plan, observed);
  refuseWrapper(observed);
  const change = configChange(plan, observed);
  if (how.containers === 'keep') refuseUnlisted(observed, change);
  const liveRestore = planLiveRestore(observed, {
    ...change,
    containers: how.containers,
    emptyStart: plan.activation.emptyStart ?? [],
  });
  if (liveRestore === null || plan.changes.includes(change)) return { plan, liveRestore };
  return { plan: { ...plan, changes: [...plan.changes, change] }, liveRestore };
}

/** systemd would take dockerd down and not start it again. */
function refuseBadUnit({ changes }: Plan, { unitFault, manager }: ObservedDaemon): void {
  if (unitFault === null || changes.some(({ path }) => path === unitFault.path)) return;
  const unit = manager.kind === 'systemd' ? manager.unit : 'the unit';
  throw new DockerctlError({
    code: 'cannot-restart',
    message: `systemd refuses ${unit}, so that dockerd cannot be started again: ${unitFault.reason}`,
    hint: `${unitFault.advice}, then \`systemctl daemon-reload\``,
  });
}

/** systemd would end the program that it watches, and leave dockerd running without it. */
function refuseWrapper({ wrapper, manager, pid }: ObservedDaemon): void {
  if (wrapper === null) return;
  const unit = manager.kind === 'systemd' ? manager.unit : 'the unit';
  throw new DockerctlError({
    code: 'cannot-restart',
    message: `the main process of ${unit} is ${printable(wrapper)}, not dockerd${pid === null ? '' : ` (pid ${pid})`}: a restart would end that and leave dockerd behind`,
    hint: `start dockerd with \`exec\` in the script that ExecStart= names; see it with \`systemctl cat ${unit}\``,
  });
}

/** What a restart means for what needs dockerd, a sentence each. */
export function restartText(
  observed: ObservedDaemon,
  prepared: PreparedPlan,
  containers: 'keep' | 'stop' = 'keep',
): readonly string[] {
  return [
    ...containersText(observed, prepared),
    ...unlistedText(observed, configChange(prepared.plan, observed)),
    ...bridgeText(observed, prepared, containers),
    ...dependentsText(observed),
  ];
}

function bridgeText(
  observed: ObservedDaemon,
  { plan, liveRestore }: PreparedPlan,
  containers: 'keep' | 'stop',
): string[] {
  const change = plan.changes.find(({ path }) => path === observed.configPath);
  if (change === undefined || liveRestore !== null) return [];
  return movesBridge(observed, configsIn(change.before, change.after), containers)
    ? ['dockerd is started once without its default bridge before it, so that docker0 is made anew']
    : [];
}

function dependentsText({ dependents }: ObservedDaemon): string[] {
  if (dependents.length === 0) return [];
  const verb = dependents.length === 1 ? 'requires' : 'require';
  return [
    `systemd restarts ${dependents.map((name) => printable(name)).join(', ')} too, which ${verb} its unit`,
  ];
}

function containersText(
  observed: ObservedDaemon,
  { plan, liveRestore }: PreparedPlan,
): readonly string[] {
  const { state, info, containers } = observed;
  if (containers.length === 0) return [];
  const names = containers.map(({ name }) => printable(name)).join(', ');
  const kept = `${names} ${containers.length === 1 ? 'keeps' : 'keep'} running`;
  if (liveRestore !== null && state !== 'running')
    return [
      `live-restore is on while it starts, and put back by reload after that, so that ${kept}`,
    ];
  if (liveRestore !== null)
    return [
      `live-restore is switched on by reload before it, and back by reload after it, so that ${kept}`,
    ];
  return info?.LiveRestoreEnabled === true
    ? [`live-restore is on, so that ${kept}`]
    : [
        elsewhereOf(plan, observed) === null
          ? `it stops ${containers.map(stopText).join(', ')}`
          : `it stops ${names}, and docker does not list ${containers.length === 1 ? 'it' : 'them'} then`,
      ];
}

/** moby daemon/restore and container/container.go, ShouldRestart. */
function stopText({ name, restartPolicy, isRemovedAtEnd }: RunningContainer): string {
  const word = printable(name);
  if (isRemovedAtEnd === true) return `${word} (made with --rm: docker removes it)`;
  if (restartPolicy === 'always' || restartPolicy === 'unless-stopped')
    return `${word} (dockerd starts it again)`;
  return restartPolicy === 'on-failure'
    ? `${word} (dockerd starts it again if it ends with a failure, else \`docker start ${word}\`)`
    : `${word} (\`docker start ${word}\` starts it again)`;
}

/** Nobody would start it again. */
export function cannotRestart({
  pid,
  manager,
}: Pick<ObservedDaemon, 'pid' | 'manager'>): DockerctlError {
  if (manager.kind === 'process' && manager.untold !== null)
    return new DockerctlError({
      code: 'cannot-restart',
      message: `dockerd (pid ${pid ?? '?'}) runs in ${manager.untold}, and systemd does not answer, so dockerctl cannot restart it`,
      hint: `see what systemd says: \`systemctl status ${manager.untold}\`; or write only, with \`--activate never\``,
    });
  return new DockerctlError({
    code: 'cannot-restart',
    message:
      pid === null
        ? 'dockerd is started neither by systemd nor by a service script here, so dockerctl cannot restart it'
        : `dockerd (pid ${pid}) was started by hand, not by systemd or a service script, so dockerctl cannot restart it`,
    hint: 'write only, with `--activate never`, and restart dockerd as you started it',
  });
}
