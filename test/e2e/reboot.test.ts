import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { dockerInfo } from './support/daemon.js';
import { useMachine } from './support/machine.js';

const CONFIG = '/etc/docker/daemon.json';
const OLD = '{\n\t"log-level": "warn"\n}\n';
const MONOTONIC = 'systemctl show --value -p';

describe('a power failure', () => {
  const machine = useMachine();

  // As install.sh does.
  beforeAll(() => machine.sh('dockerctl recover --install'));

  beforeEach(async () => {
    await machine.write(CONFIG, OLD);
    await machine.sh('systemctl reset-failed docker docker.socket; systemctl restart docker; sync');
  });

  const expectTheOldConfig = async () => {
    expect(await machine.read(CONFIG)).toBe(OLD);
    expect(await dockerInfo(machine, '{{.Debug}}')).toBe('false');
    const recovered = await machine.sh(
      `${MONOTONIC} ExecMainExitTimestampMonotonic dockerctl-recover`,
    );
    const started = await machine.sh(`${MONOTONIC} ExecMainStartTimestampMonotonic docker`);
    expect(Number(recovered)).toBeGreaterThan(0);
    expect(Number(recovered)).toBeLessThan(Number(started));
    expect(await machine.sh('ls /var/lib/dockerctl')).not.toContain('journal');
  };

  test('while a change waits to be confirmed: dockerd starts on the old file', async () => {
    await machine.dockerctl('config', 'set', 'debug', 'true', '--confirm-within', '1h');
    expect(await dockerInfo(machine, '{{.Debug}}')).toBe('true');
    await machine.reboot();
    await expectTheOldConfig();
  });

  test('in the middle of a restart on a bad file: dockerd is up, on the old one', async () => {
    await machine.sh(
      `dockerctl config set bip garbage --no-validate --activate restart >/dev/null 2>&1 & ` +
        `timeout 240 sh -c 'until grep -q garbage ${CONFIG}; do :; done'; kill -STOP $!`,
    );
    expect(await machine.read(CONFIG)).toContain('garbage');
    await machine.reboot();
    await expectTheOldConfig();
  });

  test('between changes: nothing to do, and the new file stays', async () => {
    expect(await machine.dockerctl('config', 'set', 'debug', 'true')).toMatchObject({ status: 0 });
    await machine.reboot();
    expect(await dockerInfo(machine, '{{.Debug}}')).toBe('true');
  });
});
