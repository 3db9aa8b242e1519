import { expect, test } from '@jest/globals';
import { refuseUnlisted, unlistedText } from '../../../../../src/core/dockerd/restart/unlisted.js';
import type { ObservedDaemon } from '../../../../../src/core/dockerd/observed/observed.js';
import type { FileImage } from '../../../../../src/core/plan/plan.js';
import { observedDaemon } from '../../../../support/observed-daemon.js';
import { WEB } from '../../../../support/plans.js';

const image = (config: unknown): FileImage => ({
  content: { text: JSON.stringify(config) },
  mode: 0o644,
  uid: 0,
  gid: 0,
});
const before = image({ 'data-root': '/srv/docker' });
const wordsOf = (...words: string[]) => words.map((word) => ({ word, source: 'the unit' }));
const observed = (parts: Partial<ObservedDaemon> = {}) =>
  observedDaemon({ unlisted: [WEB], info: { DockerRootDir: '/srv/docker' }, ...parts });

// Seen on 28.5.2: data-root changed by hand with live-restore on, live-restore off, data-root back: the container was ended.
test('a restart that finds a container again ends it: refused, or said', () => {
  const texts = { before, after: image({}) };
  expect(() => {
    refuseUnlisted(observed(), texts);
  }).toThrow('would stop web, which it does not list today');
  expect(unlistedText(observed(), texts)).toEqual([expect.stringContaining('it stops web')]);
});

test('not with live-restore, nor where dockerd goes on not to find it, nor where all are listed', () => {
  const texts = [
    [{}, { before, after: image({ 'live-restore': true }) }],
    [{ startWords: wordsOf('dockerd', '--live-restore') }, { before, after: image({}) }],
    [{}, { before, after: image({ 'data-root': '/srv/docker', debug: true }) }],
    [{ unlisted: [] }, { before, after: image({}) }],
  ] as const;
  for (const [parts, files] of texts) {
    expect(() => {
      refuseUnlisted(observed(parts), files);
    }).not.toThrow();
    expect(unlistedText(observed(parts), files)).toEqual([]);
  }
});
