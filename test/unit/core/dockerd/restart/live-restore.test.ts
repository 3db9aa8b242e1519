import { describe, expect, test } from '@jest/globals';
import {
  planLiveRestore,
  interimTextsFor,
  allInterimTexts,
  type Restart,
} from '../../../../../src/core/dockerd/restart/live-restore.js';
import type { ObservedDaemon } from '../../../../../src/core/dockerd/observed/observed.js';
import type { FileImage } from '../../../../../src/core/plan/plan.js';
import { observedDaemon } from '../../../../support/observed-daemon.js';
import { WEB } from '../../../../support/plans.js';

const image = (text: string): FileImage => ({ content: { text }, mode: 0o644, uid: 0, gid: 0 });
const DOWN = { Swarm: { LocalNodeState: 'inactive' }, LiveRestoreEnabled: false };

function liveRestore(restart: Partial<Restart>, parts: Partial<ObservedDaemon> = {}) {
  return planLiveRestore(observedDaemon({ containers: [WEB], info: DOWN, ...parts }), {
    before: null,
    after: image('{\n  "debug": true\n}\n'),
    containers: 'keep',
    ...restart,
  });
}

describe('planLiveRestore', () => {
  test('switches live-restore on and off again around the new file, and keeps every byte else', () => {
    expect(liveRestore({ before: image('{"log-level": "warn"}') })).toEqual({
      forth: {
        on: '{\n  "debug": true,\n  "live-restore": true\n}\n',
        off: '{\n  "debug": true,\n  "live-restore": false\n}\n',
        end: '{\n  "debug": true\n}\n',
      },
      back: {
        first: '{\n  "debug": true,\n  "live-restore": true\n}\n',
        on: '{"log-level": "warn", "live-restore": true}',
        off: '{"log-level": "warn", "live-restore": false}',
        end: '{"log-level": "warn"}',
      },
    });
  });

  test('a file that switches live-restore off itself is the last step', () => {
    const off = '{"live-restore": false}';
    expect(liveRestore({ after: image(off) })?.forth).toEqual({
      on: '{"live-restore": true}',
      off,
      end: off,
    });
  });

  test('a missing file is missing again in the end', () => {
    expect(liveRestore({ after: null })?.forth).toMatchObject({ end: null });
    expect(liveRestore({})?.back).toMatchObject({ end: null });
  });

  test.each<[string, Partial<Restart>, Partial<ObservedDaemon>]>([
    ['no container runs', {}, { containers: [] }],
    ['they may stop', { containers: 'stop' }, {}],
    ['neither dockerd runs nor a container', {}, { state: 'stopped', info: null, containers: [] }],
    [
      'live-restore is on before and after',
      {
        before: image('{"live-restore":true}'),
        after: image('{"live-restore":true,"log-level":"warn"}'),
      },
      { info: { ...DOWN, LiveRestoreEnabled: true } },
    ],
    [
      'a flag switches it on',
      {},
      { argv: ['dockerd', '--live-restore'], info: { ...DOWN, LiveRestoreEnabled: true } },
    ],
  ])('needs nothing when %s', (_, restart, parts) => {
    expect(liveRestore(restart, parts)).toBeNull();
  });

  test('is no help against what is written and not in force yet', () => {
    const file = image('{"storage-driver":"vfs"}');
    const info = { ...DOWN, Driver: 'overlay2' };
    expect(() => liveRestore({ before: file, after: file }, { info })).toThrow(
      'live-restore does not survive a change of storage-driver, which is written and not in force yet',
    );
    const both = image('{"storage-driver":"vfs","log-level":"warn"}');
    expect(() => liveRestore({ before: file, after: both }, { info })).toThrow(/storage-driver/);
    const loaded = { ...info, Driver: 'vfs' };
    expect(liveRestore({ before: file, after: both }, { info: loaded })).not.toBeNull();
  });

  test('is no help where nobody knows whether dockerd was started with what is written', () => {
    const file = (text: string) => ({ before: image(text), after: image(text) });
    const info = { ...DOWN, DockerRootDir: '/srv/docker', SecurityOptions: ['name=seccomp'] };
    for (const text of [
      '{"data-root":"/var/lib/docker"}',
      '{"exec-root":"/run/docker2"}',
      '{"userns-remap":"default"}',
      '{"containerd-namespace":"other"}',
    ])
      expect(() => liveRestore(file(text), { info })).toThrow(/nothing tells whether/);
    const remapped = {
      DockerRootDir: '/srv/docker/231072.231072',
      SecurityOptions: ['name=userns'],
    };
    expect(liveRestore(file('{"data-root":"/srv/docker"}'), { info })).not.toBeNull();
    expect(
      liveRestore(file('{"data-root":"/srv/docker","userns-remap":"default"}'), {
        info: { ...info, ...remapped },
      }),
    ).not.toBeNull();
    const witnesses = { ...observedDaemon().witnesses, fileIsOlder: true };
    expect(liveRestore(file('{"exec-root":"/run/docker2"}'), { info, witnesses })).not.toBeNull();
  });

  test('is no help to a key of the default bridge that the file has already', () => {
    const file = image('{"icc":false}');
    expect(liveRestore({ before: file, after: file })).not.toBeNull();
    expect(() => liveRestore({ before: file, after: file, emptyStart: ['icc'] })).toThrow(/icc/);
  });

  test('is needed for a start of a dockerd that is down while containers run', () => {
    expect(liveRestore({}, { state: 'failed', info: null })).not.toBeNull();
  });

  test('is needed when live-restore is on now but not in the new file', () => {
    const parts = { info: { ...DOWN, LiveRestoreEnabled: true } };
    expect(liveRestore({ before: image('{"live-restore":true}') }, parts)).not.toBeNull();
  });

  test.each<[string, Partial<Restart>, Partial<ObservedDaemon>]>([
    [
      'live-restore does not work with swarm mode',
      {},
      { info: { Swarm: { LocalNodeState: 'active' } } },
    ],
    ['the unit ends all containers together with dockerd', {}, { containersOutlive: false }],
    [
      'live-restore does not survive a change of data-root',
      { after: image('{"data-root":"/x"}') },
      {},
    ],
    [
      'a flag of dockerd says --live-restore=false',
      {},
      { argv: ['dockerd', '--live-restore=false'] },
    ],
    [
      'daemon.json is not strict JSON, so live-restore cannot be switched on in it',
      { before: image('{// no\n}') },
      {},
    ],
    ['dockerd does not answer, so its containers cannot be seen', {}, { info: null }],
    [
      'this engine refuses to reload a file with userland-proxy true and no userland-proxy-path',
      { after: image('{"userland-proxy":true}') },
      { version: '28.5.2' },
    ],
  ])('stops, because %s', (reason, restart, parts) => {
    let error: unknown;
    try {
      liveRestore(restart, parts);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({
      code: 'containers-would-stop',
      message: `a restart of dockerd would stop web (restart policy no): ${reason}`,
      hint: expect.stringContaining('--containers stop'),
      details: { containers: [WEB], reasons: [reason] },
    });
  });
});

test('interimTextsFor gives the way back to a file, and none to a file that is no JSON', () => {
  expect(interimTextsFor('{}')).toEqual({
    on: expect.any(String),
    off: expect.any(String),
    end: '{}',
  });
  expect(interimTextsFor(null)).toMatchObject({ end: null });
  expect(interimTextsFor('{')).toBeNull();
});

test('passingTexts names every text that may stand in the file for a moment', () => {
  const found = liveRestore({ before: image('{"a":1}'), after: image('{"b":1}') });
  expect(found && allInterimTexts(found)).toEqual([
    '{"b":1,"live-restore":true}',
    '{"b":1,"live-restore":false}',
    '{"a":1,"live-restore":true}',
    '{"a":1,"live-restore":false}',
  ]);
});

test('containers that this user may not see are for root to keep, not to stop', () => {
  const restart = { before: null, after: null, containers: 'keep' } as const;
  const observed = observedDaemon({ info: null, forbidden: true });
  expect(() => planLiveRestore(observed, restart)).toThrow(
    expect.objectContaining({ code: 'not-permitted', hint: 'run it again with sudo' }),
  );
});
