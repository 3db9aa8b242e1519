import { HOST_GATEWAY_LOST } from '../../dockerd/activation/hazards.js';
import type { ObservedDaemon } from '../../dockerd/observed/observed.js';
import { engineOf, inRange } from '../../dockerd/options/keys/version.js';
import type { Finding } from '../../plan/finding.js';
import { found } from '../codes.js';
import type { DoctorFacts } from '../facts.js';

/** A reload has lost the address that `host-gateway` stands for. */
export function hostGateway({ observed, config }: DoctorFacts): Finding[] {
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

/** What keeps containers by switching live-restore off again ends in a reload, and so loses the address once more. */
function restartWithoutReload({ containers, info }: ObservedDaemon): string {
  const restart = 'dockerctl daemon restart';
  return containers.length === 0 || info?.LiveRestoreEnabled === true
    ? restart
    : `dockerctl config set live-restore true --activate reload && ${restart}`;
}
