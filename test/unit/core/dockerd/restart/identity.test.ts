import { describe, expect, test } from '@jest/globals';
import { NO_WITNESSES } from '../../../../../src/core/dockerd/observed/witnesses.js';
import type { ObservedDaemon } from '../../../../../src/core/dockerd/observed/observed.js';
import {
  changedIdentity,
  documentsIn,
  statesWith,
  unknownIdentity,
} from '../../../../../src/core/dockerd/restart/identity.js';
import { observedDaemon } from '../../../../support/observed-daemon.js';
import { image } from '../../../../support/plans.js';

const changed = (
  before: string | null,
  after: string | null,
  parts: Partial<ObservedDaemon> = {},
) =>
  changedIdentity(
    observedDaemon(parts),
    documentsIn(before === null ? null : image(before), after === null ? null : image(after)),
  );
const recorded = (startedWith: string | null): Partial<ObservedDaemon> => ({
  witnesses: { ...NO_WITNESSES, record: { startedWith, by: 'start' } },
});

/** docker docs, "Live restore", limits: with another of these dockerd does not find the containers that it left running. */
describe('by the files alone', () => {
  test.each([
    ['{}', '{"data-root":"/srv"}', ['data-root']],
    ['{"data-root":"/srv"}', '{}', ['data-root']],
    [null, '{"userns-remap":"default"}', ['userns-remap']],
    ['{"storage-driver":"overlay2"}', '{"storage-driver":"vfs"}', ['storage-driver']],
    [
      '{}',
      '{"exec-root":"/run/x","containerd-namespace":"x"}',
      ['exec-root', 'containerd-namespace'],
    ],
    ['{}', '{"debug":true,"mtu":1400,"features":{"buildkit":false}}', []],
    ['{"data-root":"/srv","debug":true}', '{"debug":false,"data-root":"/srv"}', []],
    ['{}', '{"data-root":""}', []],
    ['{}', '{"storage-opts":[]}', []],
  ])('%s to %s: %j', (before, after, keys) => {
    expect(changed(before, after)).toEqual(keys);
  });

  test.each([
    ['{}', '{"features":{"containerd-snapshotter":true}}', '28.5.2', true],
    ['{}', '{"features":{"containerd-snapshotter":true}}', '20.10.24', false],
    ['{"features":{"containerd-snapshotter":true}}', '{}', '28.5.2', true],
  ])('the image store, %s to %s on %s: %s', (before, after, version, expected) => {
    expect(changed(before, after, { version }).includes('features.containerd-snapshotter')).toBe(
      expected,
    );
  });
});

describe('by what the daemon runs with, whatever stands in the file', () => {
  test('a file that was edited by hand before counts', () => {
    const edited = '{"data-root":"/srv"}';
    expect(changed(edited, '{"data-root":"/srv","debug":true}', recorded('{}'))).toContain(
      'data-root',
    );
  });

  test('a file that goes back to what it runs with changes nothing', () => {
    expect(changed('{"data-root":"/srv"}', '{}', recorded('{}'))).toEqual([]);
  });

  test('a flag of its unit that was edited counts', () => {
    const argv = ['/usr/sbin/dockerd'];
    const startWords = [...argv, '--data-root=/srv'].map((word) => ({ word, source: 'x' }));
    expect(changed('{}', '{}', { ...recorded('{}'), argv, startWords })).toContain('data-root');
  });
});

describe('what nobody knows', () => {
  const unknown = (text: string, parts: Partial<ObservedDaemon> = {}) => {
    const { after } = documentsIn(null, image(text));
    const observed = observedDaemon(parts);
    return after && unknownIdentity(observed, after, statesWith(observed, after));
  };

  test('is a key of a file that may be newer than the start', () => {
    expect(unknown('{"exec-root":"/run/x","debug":true}')).toEqual(['exec-root']);
    expect(unknown('{}')).toEqual([]);
  });

  test('is none where /info shows it', () => {
    const info = { DockerRootDir: '/srv/165536.165536', SecurityOptions: ['name=userns'] };
    expect(unknown('{"data-root":"/srv","userns-remap":"default"}', { info })).toEqual([]);
  });

  test('is not asked of a dockerd that does not answer', () => {
    expect(unknown('{"exec-root":"/run/x"}', { info: null })).toEqual([]);
  });
});

test('what is no strict JSON has no document', () => {
  expect(documentsIn(null, image('{"a":1,}'))).toMatchObject({ after: null });
  expect(documentsIn(image('{}'), image('{'))).toMatchObject({ after: null });
});
