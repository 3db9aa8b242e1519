import { isObject } from '../../formats/json/json-object.js';
import { HOST_GATEWAY_LOST, SHIM_RUNTIMES_LOST } from '../../dockerd/activation/hazards.js';
import type { ObservedDaemon } from '../../dockerd/observed/observed.js';
import { engineOf, inRange } from '../../dockerd/options/keys/version.js';
import type { Finding } from '../../plan/finding.js';
import { found } from '../codes.js';
import type { DoctorFacts } from '../facts.js';

/** What a reload has taken from dockerd until its next start. */
export function lostByReload(facts: DoctorFacts): Finding[] {
  return [...hostGateway(facts), ...shimRuntimes(facts)];
}

/** The address that `host-gateway` stands for. */
function hostGateway({ observed, config }: DoctorFacts): Finding[] {
  const { version, witnesses } = observed;
  const isLost =
    witnesses.reload.kind === 'seen' &&
    inRange(engineOf(version), HOST_GATEWAY_LOST) &&
    config?.bridge !== 'none';
  if (!isLost) return [];
  return [
    found('host-gateway-lost', {
      subject: 'dockerd',
      message:
        'it was reloaded, and does not start containers with `--add-host NAME:host-gateway` until it is restarted (moby#52056).',
      hint: restartWithoutReload(observed),
    }),
  ];
}

/** /info lists them from the start on (moby 20.10 daemon/runtime_unix.go, setupRuntimes). */
function shimRuntimes({ observed }: DoctorFacts): Finding[] {
  const { version, info } = observed;
  const runtimes = info?.Runtimes;
  if (!inRange(engineOf(version), SHIM_RUNTIMES_LOST) || runtimes === undefined) return [];
  if (!isObject(runtimes) || Object.hasOwn(runtimes, SHIM_RUNTIME)) return [];
  return [
    found('shim-runtimes-lost', {
      subject: 'dockerd',
      message:
        'it was reloaded, and does not start containers with `--runtime io.containerd.runc.v2` until it is restarted.',
      hint: restartWithoutReload(observed),
    }),
  ];
}

const SHIM_RUNTIME = 'io.containerd.runc.v2';

/** What keeps containers by switching live-restore off again ends in a reload, and so loses it once more. */
function restartWithoutReload({ containers, info }: ObservedDaemon): string {
  const restart = 'dockerctl daemon restart';
  return containers.length === 0 || info?.LiveRestoreEnabled === true
    ? restart
    : `dockerctl config set live-restore true --activate reload && ${restart}`;
}
