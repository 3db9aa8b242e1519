import { describe, expect, test } from '@jest/globals';
import { judge, saidAt, verdictOf, type Row } from '../../../../../support/judge-config.js';

describe('what dockerd accepts and ignores', () => {
  test.each([
    ['{"registry-mirror": ["https://a"]}', 'flag-name-as-key', 'write registry-mirrors'],
    [
      '{"http-proxy": "http://p:3128"}',
      'proxy-outside-proxies',
      'write "proxies": {"http-proxy": "http://p:3128"}',
    ],
    [
      '{"http-proxy": "http://u:secret@p"}',
      'proxy-outside-proxies',
      'write "proxies": {"http-proxy": "…"}',
    ],
    [
      '{"log-opt": {"debug": "x"}}',
      'ignored-object',
      'write log-opts, if that was meant, else remove "log-opt"',
    ],
    [
      '{"containerd-plugins-namespace": "x"}',
      'ignored-key',
      'use the flag --containerd-plugins-namespace',
    ],
    [
      '{"allow-nondistributable-artifacts": []}',
      'ignored-key',
      'remove allow-nondistributable-artifacts',
    ],
  ])('%s', (text, code, hint) => {
    expect(judge(text)).toMatchObject({
      starts: true,
      findings: [{ code, severity: 'warning', hint }],
    });
  });
});

describe('what no engine knows', () => {
  test.each([
    ['{"stroage-driver": "overlay2"}', 'write storage-driver'],
    ['{"cgroup-driver": "systemd"}', 'write "exec-opts": ["native.cgroupdriver=systemd"]'],
    ['{"constructor": 1}', 'remove "constructor"'],
    ['{"__proto__": 1}', 'remove "__proto__"'],
    ['{"credsStore": "pass"}', 'put it into ~/.docker/config.json, which the docker command reads'],
    // Struct fields without a flag are no keys (facts: dockerd 20.10 and 26.1 were asked).
    ['{"swarm-raft-heartbeat-tick": 1}', 'remove "swarm-raft-heartbeat-tick"'],
    ['{"containerd-plugin-namespace": "x"}', 'write containerd-plugins-namespace'],
  ])('%s', (text, hint) => {
    expect(judge(text)).toMatchObject({
      starts: false,
      reloads: false,
      findings: [{ code: 'unknown-key', severity: 'error', hint }],
    });
  });
});

describe('what an engine has no more, or not yet', () => {
  test.each([
    ['{"graph": "/x"}', '20.10', ['warning deprecated-key 1:2']],
    ['{"graph": "/x"}', '24', ['error key-of-other-engine 1:2']],
    ['{"min-api-version": "1.40"}', '28', ['error key-of-other-engine 1:2']],
    ['{"min-api-version": "1.40"}', '29', []],
  ])('%s on %s', (text, engine, expected) => {
    expect(saidAt(text, { engine })).toEqual(expected);
  });

  /** The first release that has the key, and the last; '' for all after. */
  test.each([
    ['log-format', 'json', '24.0.9', '25.0.0', true],
    ['bip6', 'fd00:1::1/64', '27.5.1', '28.0.0', true],
    ['allow-direct-routing', true, '28.1.1', '28.2.0', true],
    ['cdi-spec-dirs', [], '24.0.9', '25.0.0', true],
    ['default-network-opts', [], '23.0.18', '24.0.0', true],
    ['nri-opts', [], '29.1.5', '29.2.0', true],
    ['default-stop-timeout', 5, '29.6.2', '29.7.0', true],
    ['api-cors-header', '', '28.5.2', '29.0.0', false],
    ['oom-score-adjust', 0, '25.0.7', '26.0.0', false],
  ])('%s %j: between %s and %s it came: %s', (key, value, before, after, came) => {
    const known = (engine: string) =>
      judge({ [key]: value }, { engine }).findings.every(
        ({ code }) => code !== 'key-of-other-engine',
      );
    expect([known(before), known(after)]).toEqual([!came, came]);
  });

  test('a key of another engine stops a reload, too, and the hint says what to write', () => {
    expect(verdictOf({ 'oom-score-adjust': -500 }, { engine: '26.1' })).toEqual([
      'no start, no reload',
      'error key-of-other-engine oom-score-adjust -> remove it, and set OOMScoreAdjust= in a drop-in of docker.service, if need be',
    ]);
  });
});

test('20.10 has no key for a proxy, and without one pulls lose it: the drop-in comes first', () => {
  const dropIn =
    /^set HTTP_PROXY, HTTPS_PROXY and NO_PROXY in a drop-in of docker\.service, then remove it/;
  for (const config of [
    { 'http-proxy': 'http://p:1' },
    { proxies: { 'http-proxy': 'http://p:1' } },
  ]) {
    const { findings } = judge(config, { engine: '20.10.24' });
    expect(findings).toMatchObject([
      { code: 'key-of-other-engine', hint: expect.stringMatching(dropIn) },
    ]);
  }
});

test.each<Row>([
  [{ validate: true }, {}, ['no start', 'error bad-value validate -> remove validate']],
  [{ validate: false }, {}, ['works', 'warning flag-name-as-key validate -> remove validate']],
])('dockerd ends after a check where the file says so: %j', (config, given, verdict) => {
  expect(verdictOf(config, given)).toEqual(verdict);
});

test('a member of an object that dockerd does not know is a key to its check', () => {
  expect(verdictOf({ x: { debgu: true } })).toEqual([
    'no start, no reload',
    'error unknown-key x -> remove "x"',
  ]);
});
