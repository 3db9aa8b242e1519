import { describe, expect, test } from '@jest/globals';
import {
  downOnConcurrentEdit,
  daemonBesideConcurrentEdit,
} from '../../../../src/core/transaction/concurrent-edit.js';
import { observedDaemon } from '../../../support/observed-daemon.js';
import { image } from '../../../support/plans.js';

const startWords = ['/usr/sbin/dockerd', '--live-restore'].map((word) => ({
  word,
  source: 'unit',
}));

describe('a dockerd whose daemon.json is somebody else’s by now', () => {
  test.each([
    ['is left alone while it runs', { state: 'running' }, true, 'leave'],
    ['is started where it has no containers', { state: 'failed' }, false, 'start'],
    [
      'is started where their file spares them',
      { configFile: image('{"live-restore":true}') },
      true,
      'start',
    ],
    ['is started where a flag spares them', { startWords }, true, 'start'],
    ['stays down where its start would stop them', { configFile: image('{}') }, true, 'strand'],
    [
      'stays down where their file is broken',
      { configFile: image('{"live-restore":true,,}') },
      true,
      'strand',
    ],
    ['stays down where they deleted the file', { configFile: null }, true, 'strand'],
  ] as const)('%s', (_, parts, outliving, way) => {
    expect(
      daemonBesideConcurrentEdit(observedDaemon({ state: 'stopped', ...parts }), outliving),
    ).toBe(way);
  });

  test.each([
    [
      '{,}',
      /dockerd is down; .*daemon\.json is somebody else's by now, is no valid JSON and was kept/,
    ],
    ['{}', /dockerd is down; .*daemon\.json is somebody else's by now and was kept/],
  ])('and is down is told so, with %s in it', (text, words) => {
    expect(downOnConcurrentEdit(observedDaemon({ configFile: image(text) })).message).toMatch(
      words,
    );
  });
});
