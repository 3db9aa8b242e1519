import { describe, expect, test } from '@jest/globals';
import { parseVersion } from '../../../../../../src/core/dockerd/options/keys/version.js';
import { validateConfig } from '../../../../../../src/core/dockerd/validate/validate.js';
import { judge, saidAt, verdictOf, type Row } from '../../../../../support/judge-config.js';

const argv = ['-H', 'fd://', '--containerd=/run/containerd/containerd.sock'];
const UNIT = 'in the unit: `systemctl cat docker.service`';

describe('a key that the unit gives too', () => {
  test.each([
    ['{"hosts": []}', 'error flag-and-file 1:2'],
    ['{"containerd": "/run/containerd/containerd.sock"}', 'error flag-and-file 1:2'],
  ])('%s conflicts', (text, expected) => {
    expect(saidAt(text, { argv })).toEqual([expected]);
  });

  test('stops dockerd and each reload, and goes by itself where it says nothing of its own', () => {
    const fixes = (config: unknown) => [...judge(config, { argv: ['--mtu=1400'] }).fixes.values()];
    expect(verdictOf({ mtu: 1500 }, { argv: ['--mtu=1400'] })).toEqual([
      'no start, no reload',
      'error flag-and-file mtu -> remove mtu from the file, or the flag from the unit',
    ]);
    expect(fixes({ mtu: 1500 })).toEqual([]);
    expect([...judge({ dns: [] }, { argv: ['--dns=10.0.0.1'] }).fixes.values()]).toEqual([
      { remove: ['dns'] },
    ]);
    expect([
      ...judge({ bip: '10.0.0.1/24' }, { argv: ['--bip=10.0.0.1/24'] }).fixes.values(),
    ]).toEqual([{ remove: ['bip'] }]);
  });
});

describe('the command line itself', () => {
  test('a word that is no flag stops dockerd whatever the file says', () => {
    expect(saidAt('{}', { argv: ['--nonsense'] })).toEqual(['error bad-flag 1:1']);
  });

  test('a bad one is told with the file that it stands in', () => {
    const { starts, findings } = validateConfig({
      bytes: Buffer.from('{}'),
      path: '/etc/docker/daemon.json',
      engine: parseVersion('28.5.2')!,
      argv: ['dockerd', '--nonsense'],
      running: ['dockerd'],
      sourceOf: () => '/etc/default/docker',
    });
    expect(starts).toBe(false);
    expect(findings).toMatchObject([
      { path: '/etc/default/docker', hint: 'correct it in /etc/default/docker' },
    ]);
    expect(findings[0]).not.toHaveProperty('line');
  });

  test.each<Row>([
    [
      {},
      { argv: ['--graph=/srv'] },
      ['no start', `error flag-of-other-engine --graph=/srv -> write --data-root, ${UNIT}`],
    ],
    [{}, { argv: ['--graph=/srv'], engine: '20.10' }, ['works']],
    [
      {},
      { argv: ['--oom-score-adjust=-500'], engine: '26.1' },
      [
        'no start',
        `error flag-of-other-engine --oom-score-adjust=-500 -> remove it and set OOMScoreAdjust=, ${UNIT}`,
      ],
    ],
    [
      {},
      { argv: ['--mtu'] },
      ['no start', `error bad-flag-value --mtu -> give --mtu a value, or remove it, ${UNIT}`],
    ],
    [
      {},
      { argv: ['--live-restore=maybe'] },
      ['no start', `error bad-flag-value --live-restore=maybe -> write true or false, ${UNIT}`],
    ],
  ])('%j with %j', (config, given, verdict) => {
    expect(verdictOf(config, given)).toEqual(verdict);
  });
});

describe('two names for one setting', () => {
  test.each<Row>([
    [
      { 'host-gateway-ip': '10.0.0.1', 'host-gateway-ips': ['10.0.0.1'] },
      {},
      ['no start, no reload', 'error exclusive-keys host-gateway-ip -> remove host-gateway-ip'],
    ],
    [{ 'host-gateway-ips': ['10.0.0.1'] }, {}, ['works']],
  ])('%j', (config, given, verdict) => {
    expect(verdictOf(config, given)).toEqual(verdict);
  });

  test('graph beside data-root is refused where both say something', () => {
    const codes = (config: object) =>
      judge(config, { engine: '20.10' }).findings.map(({ code }) => code);
    expect(codes({ graph: '/a', 'data-root': '/b' })).toContain('exclusive-keys');
    expect(codes({ graph: '', 'data-root': '/b' })).not.toContain('exclusive-keys');
  });
});
