import { describe, expect, test } from '@jest/globals';
import { FILE, IS_BACK, until, useKeptMachine } from '../e2e/support/agent.js';

describe('the agent', () => {
  const machine = useKeptMachine();
  const mainPid = () => machine.sh('systemctl show --value -p MainPID dockerctl');

  test('that hangs is ended by the watchdog and started again, and one that works is left alone', async () => {
    await machine.write(
      '/run/systemd/system/dockerctl.service.d/soon.conf',
      '[Service]\nWatchdogSec=18\n',
    );
    await machine.sh('systemctl daemon-reload; systemctl restart dockerctl');
    const pid = await mainPid();
    const started = await machine.sh('date +%s');
    await until(machine, `[ $(date +%s) -gt $((${started} + 40)) ]`);
    expect(await mainPid()).toBe(pid);
    await machine.sh(`kill -STOP ${pid}`);
    await until(
      machine,
      `[ "$(systemctl show --value -p MainPID dockerctl)" != ${pid} ] && systemctl -q is-active dockerctl`,
      90,
    );
    expect(await machine.sh('journalctl -q -o cat -u dockerctl _PID=1')).toMatch(/[Ww]atchdog/);
    await machine.sh(`sed -i s/mirror.example/other.example/ ${FILE}`);
    await until(machine, IS_BACK);
  });
});
