import { describe, expect, test } from '@jest/globals';
import {
  compareVersions,
  formatVersion,
  inRange,
  parseVersion,
} from '../../../../../../src/core/dockerd/options/keys/version.js';

describe('an engine version', () => {
  test.each([
    ['20.10.24+dfsg1', [20, 10, 24]],
    ['28.5.2', [28, 5, 2]],
    ['v27.3.1', [27, 3, 1]],
    ['29.0.0-rc.1', [29, 0, 0]],
    ['29.0-rc', [29, 0, Infinity]],
    ['29', [29, Infinity, Infinity]],
    ['19.03.15~ce', [19, 3, 15]],
  ])('%s is read', (text, version) => {
    expect(parseVersion(text)).toEqual(version);
  });

  test.each(['', 'dev', '26.x', '1.2.3.4', 'library-import'])('%j is none', (text) => {
    expect(parseVersion(text)).toBeNull();
  });

  test('parts that are not given are the newest there are', () => {
    expect(compareVersions(parseVersion('20.10')!, parseVersion('20.10.24')!)).toBeGreaterThan(0);
    expect(formatVersion(parseVersion('20.10')!)).toBe('20.10');
  });

  test.each([
    ['26.1.5', '25.0.0..', true],
    ['24.0.9', '25.0.0..', false],
    ['24.0.9', '..24', true],
    ['25.0.0', '..24', false],
    ['27.5.1', '..27.5.1', true],
    ['23.0.6', '23.0.0..23.0.6, 24.0.0', true],
    ['23.0.7', '23.0.0..23.0.6, 24.0.0', false],
    ['24.0.0', '23.0.0..23.0.6, 24.0.0', true],
    ['24.0.1', '23.0.0..23.0.6, 24.0.0', false],
    ['29.2.1', '29.0..29.2', true],
    ['29.3.0', '29.0..29.2', false],
    ['20.10.24', '', true],
  ])('%s within %j: %s', (version, range, expected) => {
    expect(inRange(parseVersion(version)!, range)).toBe(expected);
  });
});
