import { maskedFault } from '../../../../../src/core/dockerd/observed/unit-fault.js';
import { describe, expect, test } from '@jest/globals';
import { restartText, planRestart } from '../../../../../src/core/dockerd/restart/plan-restart.js';
import { observedDaemon } from '../../../../support/observed-daemon.js';
import { image, planOf, WEB } from '../../../../support/plans.js';

const configFile = image('{"debug":true}');
const info = { LiveRestoreEnabled: false };
const plan = planOf([
  { path: '/usr/local/share/ca-certificates/a.crt', before: null, after: image('A') },
]);
const RESTART = { action: 'restart', containers: 'keep' } as const;

describe('planRestart', () => {
  test('takes daemon.json into a plan that does not name it, when live-restore is switched on', () => {
    const observed = observedDaemon({ containers: [WEB], info, configFile });
    const prepared = planRestart(plan, observed, RESTART);
    expect(prepared.plan.changes).toEqual([
      ...plan.changes,
      { path: observed.configPath, before: configFile, after: configFile },
    ]);
    expect(prepared.liveRestore?.forth.end).toBe('{"debug":true}');
  });

  test('changes nothing where no container must survive', () => {
    const observed = observedDaemon({ info, configFile });
    expect(planRestart(plan, observed, RESTART)).toEqual({ plan, liveRestore: null });
    expect(planRestart(plan, observed, { ...RESTART, action: 'reload' })).toEqual({
      plan,
      liveRestore: null,
    });
  });

  test('says of one that runs in a unit, of which systemd told nothing, that nobody started it by hand', () => {
    const manager = {
      kind: 'process',
      pidFile: '/run/docker.pid',
      untold: 'docker.service',
    } as const;
    const observed = observedDaemon({ manager, pid: 7 });
    expect(() => planRestart(plan, observed, RESTART)).toThrow(
      /^dockerd \(pid 7\) runs in docker\.service, and systemd does not answer/,
    );
  });

  test.each([
    { kind: 'none' },
    { kind: 'process', pidFile: '/run/docker.pid', untold: null },
  ] as const)('refuses to restart what nobody would start again: %j', (manager) => {
    const refused = () => planRestart(plan, observedDaemon({ manager }), RESTART);
    expect(refused).toThrow(expect.objectContaining({ code: 'cannot-restart' }));
  });
});

describe('a unit that systemd refuses', () => {
  const path = '/etc/systemd/system/docker.service.d/x.conf';
  const observed = observedDaemon({
    unitFault: { path, reason: 'it has two', advice: 'take one' },
  });

  test('is not restarted', () => {
    expect(() => planRestart(plan, observed, RESTART)).toThrow(
      expect.objectContaining({
        code: 'cannot-restart',
        hint: 'take one, then `systemctl daemon-reload`',
      }),
    );
    expect(planRestart(plan, observed, { ...RESTART, action: 'reload' }).plan).toBe(plan);
  });

  test('nor is one that is masked and still runs', () => {
    const masked = observedDaemon({ unitFault: maskedFault('docker.service') });
    expect(() => planRestart(plan, masked, RESTART)).toThrow(
      expect.objectContaining({
        hint: '`systemctl unmask docker.service && systemctl unmask --runtime docker.service`, then `systemctl daemon-reload`',
      }),
    );
  });

  test('is by the plan that fixes it', () => {
    const fixed = planOf([{ path, before: image('A'), after: image('B') }]);
    expect(planRestart(fixed, observed, RESTART).plan).toBe(fixed);
  });
});

describe('what a dry run says of what needs dockerd', () => {
  const said = (containers: 'keep' | 'stop', LiveRestoreEnabled: boolean) => {
    const observed = observedDaemon({
      containers: [WEB],
      info: { LiveRestoreEnabled },
      configFile,
    });
    return restartText(observed, planRestart(plan, observed, { action: 'restart', containers }));
  };

  test.each([
    ['keep', false, 'live-restore is switched on by reload before it'],
    ['stop', false, 'it stops web'],
    ['stop', true, 'live-restore is on, so that web keeps running'],
  ] as const)('--containers %s, live-restore %s: %s', (containers, on, sentence) => {
    expect(said(containers, on)).toEqual([expect.stringContaining(sentence)]);
  });

  test('which containers dockerd starts again, and which are gone', () => {
    const containers = [
      { ...WEB, name: 'kept', restartPolicy: 'always' },
      { ...WEB, name: 'plain', restartPolicy: 'no' },
      { ...WEB, name: 'perhaps', restartPolicy: 'on-failure' },
      { ...WEB, name: 'brief', restartPolicy: 'no', isRemovedAtEnd: true },
    ];
    const observed = observedDaemon({ containers, info: {}, configFile });
    const prepared = planRestart(plan, observed, { action: 'restart', containers: 'stop' });
    expect(restartText(observed, prepared)).toEqual([
      'it stops kept (dockerd starts it again), plain (`docker start plain` starts it again), ' +
        'perhaps (dockerd starts it again if it ends with a failure, else `docker start perhaps`), ' +
        'brief (made with --rm: docker removes it)',
    ]);
  });

  test('the units that are stopped with dockerd’s', () => {
    const observed = observedDaemon({ dependents: ['app.service', 'web.service'] });
    expect(restartText(observed, { plan, liveRestore: null })).toEqual([
      'systemd restarts app.service, web.service too, which require its unit',
    ]);
  });

  test('nothing, where none runs', () => {
    expect(restartText(observedDaemon(), { plan, liveRestore: null })).toEqual([]);
  });
});
