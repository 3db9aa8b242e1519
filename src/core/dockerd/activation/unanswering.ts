import { DockerctlError } from '../../../errors.js';
import { printable } from '../../text/printable.js';
import type { ActivationAction } from '../../plan/plan.js';
import type { ObservedDaemon, Silence } from '../observed/observed.js';

/**
 * Only a dockerd that answers can be seen to take a change, and can say which containers it has: one that runs and does not
 * is not told of anything, neither by a signal nor by a restart, which would end it and its containers.
 * @throws no-daemon, not-permitted; nothing was written yet
 */
export function refuseUnanswering(observed: ObservedDaemon, action: ActivationAction): void {
  if (action === 'none' || observed.state !== 'running') return;
  const { silence } = observed;
  if (silence !== null) throw unanswering(observed, silence);
  if (action === 'reload' && observed.pid === null) throw hidden(observed);
  if (action === 'reload' && observed.info === null && !observed.forbidden) throw unreachable();
}

/**
 * A file that says already what is wanted, or what dockerd would do without it, is no answer either: nobody knows whether such a
 * dockerd has it. One that is being started reads the file as it is.
 * @throws no-daemon
 */
export function refuseUnknownEffect(observed: ObservedDaemon): void {
  const { state, silence } = observed;
  if (state === 'running' && silence !== null && silence !== 'starting')
    throw unanswering(observed, silence);
}

function unanswering(observed: ObservedDaemon, silence: Silence): DockerctlError {
  const { pid, containers } = observed;
  const names = containers.map(({ name }) => printable(name));
  return new DockerctlError({
    code: 'no-daemon',
    message: [
      `dockerd${pid === null ? '' : ` (pid ${pid})`} runs and does not answer${WHY[silence]}, so it was not told, and nothing was written`,
      ...(names.length === 0 ? [] : [`it has running containers: ${names.join(', ')}`]),
    ].join('; '),
    hint: cureOf(observed, silence),
    details: { silence, containers },
  });
}

const WHY: Readonly<Record<Silence, string>> = {
  starting: ' yet: systemd is still starting or stopping it',
  stopped: ': a signal has stopped it (SIGSTOP)',
  'no-socket': ': its socket is gone',
  podman: ': on its socket podman answers',
  silent: ' on its socket',
};

function cureOf({ pid, manager, containers }: ObservedDaemon, silence: Silence): string {
  const units =
    manager.kind === 'systemd'
      ? [manager.socketUnit, manager.unit].filter((unit) => unit !== null).join(' ')
      : '';
  const logs = 'see what it does with `dockerctl daemon logs`';
  const restart =
    units === ''
      ? ''
      : `; \`systemctl restart ${units}\` starts it anew${containers.length === 0 ? '' : ', and stops these containers unless live-restore is on'}`;
  switch (silence) {
    case 'starting':
      return 'wait until `dockerctl daemon status` says that it answers, then run the same command again';
    case 'stopped':
      return `let it go on: \`kill -CONT ${pid ?? ''}\`, then run the same command again`;
    case 'podman':
      return `podman-docker put a link in the place of docker.sock; ${units === '' ? 'remove it, and start dockerd anew' : `\`systemctl restart ${units}\` puts dockerd's own there`}, and \`apt-get remove podman-docker\` keeps it there at boot`;
    case 'no-socket':
    case 'silent':
      return `${logs}${restart}`;
  }
}

function hidden({ wrapper }: ObservedDaemon): DockerctlError {
  return new DockerctlError({
    code: 'no-daemon',
    message: `its unit runs ${wrapper ?? 'another program'}, and no dockerd is seen below it that could be told; nothing was written`,
    hint: 'see `dockerctl daemon status`, or write only, with `--activate never`',
  });
}

function unreachable(): DockerctlError {
  return new DockerctlError({
    code: 'no-daemon',
    message:
      'dockerd listens where dockerctl cannot ask it, so that nobody would see whether it took a reload; nothing was written',
    hint: 'give it a unix socket (`-H unix:///run/docker.sock`), or write only, with `--activate never`',
  });
}
