import { describe, expect, test } from '@jest/globals';
import { reloadDaemon } from '../../../src/system/reload.js';
import { fakeSystemd, type FakeSystemd } from '../../support/fake-systemd.js';
import { observedDaemon } from '../../support/observed-daemon.js';

const DEBUG = {
  kind: 'info',
  pointer: '/Debug',
  match: 'equals',
  value: true,
  key: 'debug',
} as const;

const reload = ({ host }: FakeSystemd) =>
  reloadDaemon(host, observedDaemon(), { expect: [DEBUG], timeoutMs: 30_000 });

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
});
