import { beforeAll, describe, expect, test } from '@jest/globals';
import { dockerInfo } from '../e2e/support/daemon.js';
import { useMachine } from '../e2e/support/machine.js';
import { installClient, whileAsking } from '../e2e/support/api-gap.js';
import { tell } from './support/figures.js';

const CONFIG = '/etc/docker/daemon.json';
const OLD = '{\n\t"log-level": "warn"\n}\n';
const DEADLINE_S = 10;

/** A dockerd that neither comes up with this file, nor ends when it is asked to. */
const HANGS = `#!/bin/sh
if grep -q debug ${CONFIG}; then trap '' TERM; while :; do sleep 1000; done; fi
exec /usr/sbin/dockerd "$@"
`;
const DROP_IN = `[Service]
ExecStart=
ExecStart=/usr/local/sbin/dockerd -H fd:// --containerd=/run/containerd/containerd.sock
`;

describe('a dockerd that hangs on start', () => {
  const machine = useMachine();

  beforeAll(async () => {
    await installClient(machine);
    await machine.write(CONFIG, OLD);
    await machine.write('/usr/local/sbin/dockerd', HANGS, '0755');
    await machine.write('/run/systemd/system/docker.service.d/hangs.conf', DROP_IN);
    await machine.sh('systemctl daemon-reload; systemctl restart docker');
  });

  test('is killed at the deadline, and the old config is back', async () => {
    const set = ['config', 'set', 'debug', 'true', '--activate', 'restart'];
    const { result, gap } = await whileAsking(machine, () =>
      machine.dockerctl(...set, '--timeout', `${DEADLINE_S}s`),
    );
    const bytes = await machine.read(CONFIG);
    const debug = await dockerInfo(machine, '{{.Debug}}');
    const good = result.status === 4 && bytes === OLD && debug === 'false';
    const what = `--timeout ${DEADLINE_S}s`;
    tell({ name: 'hung start', what, good, milliseconds: gap - DEADLINE_S * 1000 });
    expect({ good, ...result }).toMatchObject({ good: true });
  });
});
