import { describe, expect, test } from '@jest/globals';
import type { Host } from '../../../../../src/host/host.js';
import { reloadDaemon } from '../../../../../src/system/dockerd/control/reload.js';
import { fakeSystemd, type FakeSystemd } from '../../../../support/fake-systemd.js';
import { observedDaemon } from '../../../../support/observed-daemon.js';

const DEBUG = {
  kind: 'info',
  pointer: '/Debug',
  match: 'equals',
  value: true,
  key: 'debug',
} as const;

const reload = ({ host }: FakeSystemd) =>
  reloadDaemon(host, observedDaemon(), {
    expect: [DEBUG],
    timeoutMs: 30_000,
    telling: () => undefined,
  });

/** The signal always arrives, and `systemctl reload` would always answer 0. */
describe('a reload', () => {
  test('is done when the event is seen and /info shows the value', async () => {
    const systemd = fakeSystemd();
    systemd.onSignal = () => {
      systemd.info.Debug = true;
      return { debug: 'true' };
    };
    expect(await reload(systemd)).toMatchObject({
      proof: expect.arrayContaining(['daemon reload event seen']) as unknown,
    });
  });

  test('asks for events by the clock of dockerd: ours may have jumped', async () => {
    const systemd = fakeSystemd();
    Object.assign(systemd.info, { Debug: true, SystemTime: '2020-01-01T00:00:00.5Z' });
    systemd.onSignal = () => ({ debug: 'true' });
    const asked: string[] = [];
    const { host } = systemd;
    const stream: Host['net']['stream'] = (request, signal) => {
      asked.push(request.path);
      return host.net.stream(request, signal);
    };
    await reload({ ...systemd, host: { ...host, net: { ...host.net, stream } } });
    expect(asked.join()).toContain('since=1577836800.500');
  });

  test('that dockerd refuses in its log is refused with its words', async () => {
    const systemd = fakeSystemd();
    systemd.onSignal = () => {
      systemd.info.Debug = true;
      systemd.log.push(
        'time="2026-01-01T00:00:00Z" level=info msg="Got signal to reload configuration"',
        'time="2026-01-01T00:00:00Z" level=error msg="invalid mirror: ftp is not allowed"',
      );
      return null;
    };
    await expect(reload(systemd)).rejects.toMatchObject({
      code: 'daemon-refused',
      message: expect.stringContaining('invalid mirror') as unknown,
    });
  });

  test('that nothing answers is not believed', async () => {
    const systemd = fakeSystemd();
    systemd.info.Debug = true;
    await expect(reload(systemd)).rejects.toMatchObject({
      code: 'daemon-refused',
      message: expect.stringContaining('did not confirm the reload within 30 s') as unknown,
    });
  });

  test('whose event comes but whose value does not is refused', async () => {
    const systemd = fakeSystemd();
    systemd.info.Debug = false;
    systemd.onSignal = () => ({ debug: 'false' });
    await expect(reload(systemd)).rejects.toMatchObject({ code: 'daemon-refused' });
  });

  test('that dockerd dies of, even late, is a daemon that is down', async () => {
    const systemd = fakeSystemd();
    systemd.onSignal = () => {
      systemd.dieAfter(15_000);
      return null;
    };
    await expect(reload(systemd)).rejects.toMatchObject({ code: 'daemon-down' });
  });

  describe('while somebody else', () => {
    const systemctl = (systemd: FakeSystemd, verb: string) => {
      void systemd.host.exec.run(['systemctl', verb, 'docker.service']);
      return null;
    };

    test('restarts dockerd is done by that', async () => {
      const systemd = fakeSystemd();
      systemd.info.Debug = true;
      systemd.onSignal = () => systemctl(systemd, 'restart');
      expect(await reload(systemd)).toMatchObject({
        how: 'overtaken',
        proof: ['dockerd was restarted with the file', expect.stringContaining('debug') as unknown],
      });
    });

    test('restarts dockerd while it is looked for is waited for', async () => {
      const systemd = fakeSystemd();
      systemd.info.Debug = true;
      systemd.onSignal = () => ({ debug: 'true' });
      const { host } = systemd;
      let looks = 0;
      const run: Host['exec']['run'] = (argv, options) => {
        // Between what systemd says of the unit and the look at its process.
        if (argv.includes('cat') && looks++ === 0) systemctl(systemd, 'restart');
        return host.exec.run(argv, options);
      };
      const between = { ...systemd, host: { ...host, exec: { ...host.exec, run } } };
      expect(await reload(between)).toMatchObject({ how: 'reload' });
    });

    test('restarts dockerd after its answer, before /info, is done by that', async () => {
      const systemd = fakeSystemd();
      systemd.info.Debug = true;
      systemd.starts = [{ answersAfter: 6_000, diesAfter: null }];
      systemd.onSignal = () => {
        systemctl(systemd, 'restart');
        return { debug: 'true' };
      };
      expect(await reload(systemd)).toMatchObject({ how: 'overtaken' });
    });

    test('stops dockerd leaves it stopped, with the file for its next start', async () => {
      const systemd = fakeSystemd();
      systemd.onSignal = () => systemctl(systemd, 'stop');
      expect(await reload(systemd)).toMatchObject({
        how: 'overtaken',
        proof: ['dockerd was stopped; it reads the file when it starts'],
      });
      expect(systemd.asked).toEqual(['stop docker.service']);
    });

    test('restarts dockerd, which does not come up with the file, is a daemon that is down', async () => {
      const systemd = fakeSystemd();
      systemd.starts = [{ answersAfter: null, diesAfter: 700 }];
      systemd.onSignal = () => systemctl(systemd, 'restart');
      await expect(reload(systemd)).rejects.toMatchObject({ code: 'daemon-down' });
    });
  });
});
