import { NO_WITNESSES } from '../../src/core/dockerd/observed/witnesses.js';
import type { ObservedDaemon } from '../../src/core/dockerd/observed/observed.js';

/** A healthy dockerd 26.1 under systemd without a daemon.json, but for what `parts` says. */
export function observedDaemon(parts: Partial<ObservedDaemon> = {}): ObservedDaemon {
  return {
    configPath: '/etc/docker/daemon.json',
    configPathExplicit: false,
    configFile: null,
    certsDir: '/etc/docker/certs.d',
    state: 'running',
    manager: {
      kind: 'systemd',
      unit: 'docker.service',
      socketUnit: 'docker.socket',
      user: false,
    },
    flavour: 'engine',
    endpoint: { socketPath: '/run/docker.sock' },
    containersOutlive: true,
    dependents: [],
    version: '26.1.5',
    pid: 4711,
    automaticRestarts: 0,
    argv: ['/usr/sbin/dockerd', '-H', 'fd://'],
    startWords: (parts.argv ?? ['/usr/sbin/dockerd', '-H', 'fd://']).map((word) => ({
      word,
      source: '/lib/systemd/system/docker.service',
    })),
    unitFault: null,
    flagSources: [{ flag: '-H', source: 'docker.service' }],
    info: {},
    silence: null,
    wrapper: null,
    forbidden: false,
    containers: [],
    witnesses: NO_WITNESSES,
    ...parts,
  };
}
