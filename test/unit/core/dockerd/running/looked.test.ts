import { describe, expect, test } from '@jest/globals';
import { kindOf, lookAt } from '../../../../../src/core/dockerd/running/looked.js';
import { keyNamed } from '../../../../../src/core/dockerd/options/keys/keys.js';
import {
  NO_WITNESSES,
  type Witnesses,
} from '../../../../../src/core/dockerd/observed/witnesses.js';
import type { ObservedDaemon } from '../../../../../src/core/dockerd/observed/observed.js';
import { openDocument } from '../../../../../src/core/formats/json/open.js';
import { observedDaemon } from '../../../../support/observed-daemon.js';

const mtu = keyNamed('mtu')!;
const look = (
  file: string,
  {
    witnesses = {},
    ...parts
  }: Partial<Omit<ObservedDaemon, 'witnesses'>> & { witnesses?: Partial<Witnesses> } = {},
) =>
  lookAt(
    observedDaemon({ ...parts, witnesses: { ...NO_WITNESSES, ...witnesses } }),
    openDocument(Buffer.from(file), '/d.json'),
  );
const words = (...texts: string[]) => texts.map((word) => ({ word, source: 'x' }));

describe('what each moment was told', () => {
  test('a start now: the file, and the flags of the unit as it is', () => {
    const startWords = words('/usr/sbin/dockerd', '--debug');
    const { next } = look('{"mtu":1400}', { startWords, argv: ['dockerd', '--icc=false'] });
    expect(next.merged(mtu)?.value).toBe(1400);
    expect(next.flag(keyNamed('debug')!)).toBe(true);
    expect(next.flag(keyNamed('icc')!)).toBeUndefined();
  });

  test.each([
    ['a specifier of systemd', words('/usr/sbin/dockerd', '--label=%H')],
    ['a wrapper', words('/bin/sh', '-c', 'dockerd --debug')],
    ['nothing', []],
  ])('of %s the flags of the process stay', (_, startWords) => {
    const { next } = look('{}', { startWords, argv: ['dockerd', '--mtu=1400'] });
    expect(next.flag(mtu)).toBe(1400);
  });

  test('the start of this process: our record, whatever the file says by now', () => {
    const record = { startedWith: '{"mtu":1300}', by: 'start' } as const;
    expect(look('{"mtu":1400}', { witnesses: { record } }).recorded?.merged(mtu)?.value).toBe(1300);
    expect(look('{"mtu":1400}').recorded).toBeNull();
    const none = { startedWith: null, by: 'start' } as const;
    expect(
      look('{"mtu":1400}', { witnesses: { record: none } }).recorded?.merged(mtu)?.value,
    ).toBeUndefined();
    const broken = { startedWith: '{', by: 'start' } as const;
    expect(look('{}', { witnesses: { record: broken } }).recorded).toBeNull();
  });

  test.each([
    [true, 1400],
    [false, undefined],
    [null, undefined],
  ])('the file counts for the start where it is older: %s', (fileIsOlder, value) => {
    expect(look('{"mtu":1400}', { witnesses: { fileIsOlder } }).ifOld.merged(mtu)?.value).toBe(
      value,
    );
  });
});

/** moby daemon_unix.go, UsingSystemd. */
test.each<[Partial<ObservedDaemon>, string | null]>([
  [{ info: { CgroupVersion: '2' } }, 'systemd'],
  [{ info: { CgroupVersion: '2' }, manager: { kind: 'none' } }, null],
  [{ info: { CgroupVersion: '1' } }, 'cgroupfs'],
  [{ info: { CgroupVersion: '2' }, flavour: 'rootless' }, null],
  [{ info: {} }, null],
  [{ info: null }, null],
])('the cgroup driver of %j is %s', (parts, driver) => {
  expect(kindOf(observedDaemon(parts)).cgroupDriver).toBe(driver);
});
