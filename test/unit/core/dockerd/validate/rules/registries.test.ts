import { describe, expect, test } from '@jest/globals';
import { judge, saidAt, saidOf, verdictOf, type Row } from '../../../../../support/judge-config.js';

test.each([
  ['{"insecure-registries": ["http://localhost:5000/"]}', 'write "localhost:5000"'],
  ['{"registry-mirrors": ["mirror.example.com"]}', 'write "https://mirror.example.com"'],
])('%s: what to write instead', (text, hint) => {
  expect(judge(text)).toMatchObject({ starts: false, findings: [{ hint }] });
});

test('a password in a mirror is not repeated', () => {
  const { findings } = judge('{"registry-mirrors": ["https://u:secret@a"]}');
  expect(JSON.stringify(findings)).not.toContain('secret');
});

describe('insecure-registries (moby daemon/pkg/registry/config.go, LoadInsecureRegistries)', () => {
  const list = (...entries: string[]) => ({ 'insecure-registries': entries });
  test.each<Row>([
    [list('r.corp', 'r.corp:5000', '10.0.0.0/8', '[fd00::1]:5000'), {}, ['works']],
    [
      list('r.corp/team'),
      {},
      [
        'no start, no reload',
        'error bad-insecure-registry insecure-registries.0 -> write "r.corp"',
      ],
    ],
    [
      list('r.corp:99999'),
      {},
      [
        'no start, no reload',
        'error bad-insecure-registry insecure-registries.0 -> write host:port',
      ],
    ],
    [
      list('https://r.corp'),
      {},
      ['works', 'info insecure-registry-scheme insecure-registries.0 -> write "r.corp"'],
    ],
    [
      list('0.0.0.0/0'),
      {},
      [
        'works',
        'warning insecure-everything insecure-registries.0 -> name the registries, or trust their CA: `dockerctl trust add-registry REGISTRY --ca FILE`',
      ],
    ],
    [
      list('docker.io'),
      {},
      ['works', 'warning insecure-docker-hub insecure-registries.0 -> remove "docker.io"'],
    ],
  ])('%j', (config, given, verdict) => {
    expect(verdictOf(config, given)).toEqual(verdict);
  });
});

describe('registry-mirrors (ValidateMirror)', () => {
  test.each([
    ['{"registry-mirrors": ["https://a/b"]}', '24.0.7', ['error bad-mirror 1:23']],
    ['{"registry-mirrors": ["https://a/b"]}', '24.0.8', []],
  ])('a path may follow since 24.0.8: %s on %s', (text, engine, expected) => {
    expect(saidAt(text, { engine })).toEqual(expected);
  });

  const list = (...mirrors: string[]) => ({ 'registry-mirrors': mirrors });
  test.each<Row>([
    [list('https://m.corp', 'http://m.corp:5000'), {}, ['works']],
    [
      list('ftp://m.corp'),
      {},
      ['no start, no reload', 'error bad-mirror registry-mirrors.0 -> write https://host'],
    ],
    [
      list('https://m.corp?x=1'),
      {},
      ['no start, no reload', 'error bad-mirror registry-mirrors.0 -> write "https://m.corp"'],
    ],
    [
      list('HTTPS://m.corp'),
      {},
      ['works', 'warning useless-mirror registry-mirrors.0 -> write "https://m.corp"'],
    ],
  ])('%j', (config, given, verdict) => {
    expect(verdictOf(config, given)).toEqual(verdict);
  });

  test.each(['https://registry.docker-cn.com', 'https://docker.mirrors.ustc.edu.cn/'])(
    'the mirror %s of old guides is gone',
    (mirror) => {
      expect(saidOf(list(mirror))).toEqual(['mirror-retired registry-mirrors.0']);
      expect(verdictOf(list(mirror))).toEqual([
        'works',
        `warning mirror-retired registry-mirrors.0 -> remove "${mirror}"`,
      ]);
    },
  );
});

test('the list of artifacts is looked at until 27, and ignored since', () => {
  const config = { 'allow-nondistributable-artifacts': ['https://r.corp'] };
  expect(verdictOf(config, { engine: '27.5.1' })).toEqual([
    'no start, no reload',
    'error bad-insecure-registry allow-nondistributable-artifacts.0 -> write host:port',
  ]);
  expect(verdictOf(config, { engine: '28.1.0' })[0]).toBe('works');
});
