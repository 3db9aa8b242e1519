import { describe, expect, test } from '@jest/globals';
import { judge, saidAt, verdictOf, type Row } from '../../../../../support/judge-config.js';

const LABEL = 'write key=value';

describe('labels (moby opts.go, ValidateLabel; config.go, GetConflictFreeLabels)', () => {
  test.each<Row>([
    [{ labels: ['a=b', 'c='] }, {}, ['works']],
    [{ labels: ['a=b', 'a=b'] }, {}, ['works']],
    [{ labels: ['bare'] }, {}, ['no start', `error bad-label labels.0 -> ${LABEL}`]],
    [
      { labels: ['bare'] },
      { engine: '20.10' },
      ['no start, no reload', `error bad-label labels.0 -> ${LABEL}`],
    ],
    [
      { labels: ['ok=1', 'com.docker.x=1'] },
      {},
      ['no start, no reload', `error bad-label labels.1 -> ${LABEL}`],
    ],
    [
      { labels: ['a=1', 'a=2'] },
      {},
      ['no start, no reload', 'error bad-label labels.1 -> remove it, or "a=1"'],
    ],
  ])('%j with %j', (config, given, verdict) => {
    expect(verdictOf(config, given)).toEqual(verdict);
  });
});

describe('generic resources (swarmkit api/genericresource/parse.go)', () => {
  const HINT = 'write NAME=VALUE: one number, or only names, for each NAME';
  const wrong = (index: number) => `error bad-value node-generic-resources.${index} -> ${HINT}`;

  test.each<Row>([
    [{ 'node-generic-resources': ['gpu=uuid1', 'gpu=uuid2', 'ssd=3'] }, {}, ['works']],
    [{ 'node-generic-resources': ['gpu'] }, {}, ['no start, no reload', wrong(0)]],
    [{ 'node-generic-resources': ['gpu=-1'] }, {}, ['no start, no reload', wrong(0)]],
    [
      { 'node-generic-resources': ['gpu=uuid1', 'gpu=2'] },
      {},
      ['no start, no reload', wrong(0), wrong(1)],
    ],
  ])('%j with %j', (config, given, verdict) => {
    expect(verdictOf(config, given)).toEqual(verdict);
  });
});

test.each<Row>([
  [{ group: 'docker' }, { host: { groups: [] } }, ['works']],
  [{ group: 'ops' }, { host: { groups: ['ops'] } }, ['works']],
  [{ group: '998' }, { host: { groups: [] } }, ['works']],
  [
    { group: 'ops' },
    { host: { groups: ['root'] } },
    ['no start', 'error missing-account group -> groupadd --system ops'],
  ],
  [
    { group: 'a b' },
    { host: { groups: ['root'] } },
    ['no start', 'error missing-account group -> groupadd --system NAME'],
  ],
])('a group, but docker, is there: %j with %j', (config, given, verdict) => {
  expect(verdictOf(config, given)).toEqual(verdict);
});

test('an authorization plugin that does not answer ends dockerd, at a reload too', () => {
  const config = { 'authorization-plugins': ['opa'] };
  expect(verdictOf(config, { host: { authorizationPlugins: ['opa'] } })).toEqual(['works']);
  expect(verdictOf(config, { host: { authorizationPlugins: [] } })).toEqual([
    'no start, no reload',
    'error missing-program authorization-plugins.0 -> install the plugin, or remove "opa"',
  ]);
});

describe('live-restore in a swarm', () => {
  const text = '{"live-restore": true}';
  test.each([
    ['active', ['error live-restore-swarm 1:2']],
    ['inactive', []],
  ] as const)('that is %s', (swarm, expected) => {
    expect(saidAt(text, { host: { swarm } })).toEqual(expected);
  });

  test('is refused at a reload by 20.10 alone', () => {
    const host = { swarm: 'active' } as const;
    const hint = 'error live-restore-swarm live-restore -> set live-restore to false';
    expect(verdictOf(text, { host })).toEqual(['no start', hint]);
    expect(verdictOf(text, { host, engine: '20.10' })).toEqual(['no start, no reload', hint]);
  });
});

describe('rootless', () => {
  const host = { rootlessKit: false };
  // As three real engines answered (20.10.24, 26.1.5, 28.5.2).
  test.each([
    ['20.10.24', true],
    ['26.1.5', true],
    ['28.5.2', false],
  ])('without RootlessKit, on %s: starts %s, and no container does', (engine, starts) => {
    expect(judge({ rootless: true }, { engine, host })).toMatchObject({
      starts,
      containers: false,
      findings: [{ code: 'bad-value', subject: 'rootless' }],
    });
  });

  test('below RootlessKit is as it should be', () => {
    expect(verdictOf({ rootless: true }, { host: { rootlessKit: true } })).toEqual(['works']);
  });
});
