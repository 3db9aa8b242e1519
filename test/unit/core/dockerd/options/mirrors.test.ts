import { describe, expect, test } from '@jest/globals';
import {
  apiPathDoubt,
  mirrorDoubt,
  mirrorProblem,
  normalizeMirrors,
} from '../../../../../src/core/dockerd/options/mirrors.js';
import { parseVersion } from '../../../../../src/core/dockerd/options/keys/version.js';

const engine = (text: string) => parseVersion(text)!;

describe('a registry mirror', () => {
  test.each([
    'https://mirror.example.com',
    'http://10.0.0.1:5000/',
    'HTTPS://a',
    'https://a:99999',
    'https://',
    'https://[::1]:5000',
    'https://a/path/to',
  ])('%s is accepted', (mirror) => {
    expect(mirrorProblem(mirror, engine('28.5.2'))).toBeNull();
  });

  test.each([
    ['mirror.example.com', 'https://mirror.example.com'],
    ['mirror.example.com:5000', 'https://mirror.example.com:5000'],
    ['ftp://a', undefined],
    ['https://a?b', 'https://a'],
    ['https://a#b', 'https://a'],
    ['https://u:p@a/b', 'https://a/b'],
    ['https://a b', undefined],
    ['https://a:b', undefined],
    ['https://a\n', 'https://a'],
    [' https://a ', 'https://a'],
    ['<https://a>', 'https://a'],
    ['[a](https://a/b)', 'https://a/b'],
    ['https:// a', 'https://a'],
    ['https://a https://b', undefined],
    ["'https://a'", 'https://a'],
    ['https\uff1a//a', 'https://a'],
    ['https//a', 'https://a'],
    ['htps://a', 'https://a'],
    ['https://{your-id}.example.com', undefined],
    ['', undefined],
  ])('%j is refused, and %s offered instead', (mirror, instead) => {
    const problem = mirrorProblem(mirror, engine('28.5.2'));
    expect(problem).not.toBeNull();
    expect(problem?.instead).toBe(instead);
  });

  test('may have a path since 24.0.8', () => {
    expect(mirrorProblem('https://a/p', engine('24.0.7'))?.instead).toBe('https://a');
    expect(mirrorProblem('https://a/', engine('20.10.24'))).toBeNull();
    expect(mirrorProblem('https://a/p', engine('24.0.8'))).toBeNull();
  });

  test('without // passed until 28.3.2, and has no host', () => {
    for (const mirror of ['https:a', 'https:/a']) {
      expect(mirrorProblem(mirror, engine('26.1.5'))).toBeNull();
      expect(mirrorDoubt(mirror)?.reason).toBe('it names no host');
      expect(mirrorProblem(mirror, engine('28.3.3'))?.instead).toBe('https://a');
    }
  });

  test('is shown by /info with one slash, each once', () => {
    expect(normalizeMirrors(['https://a', 'https://a/', 'https://b/c'])).toEqual([
      'https://a/',
      'https://b/c/',
    ]);
  });

  test.each(['https://', 'https://:5000', 'https://a:99999', 'https://a:0', 'HTTPS://a'])(
    '%s starts but cannot answer',
    (mirror) => {
      expect(mirrorDoubt(mirror)).not.toBeNull();
    },
  );

  test.each([
    ['https://a\u200b', 'https://a'],
    ['https://a;https://b', undefined],
    ['https://a,', 'https://a'],
    ['https://docker.io', undefined],
    ['https://<\u4f60\u7684ID>.mirror.example.com', undefined],
    ['https://xxxxxx.mirror.example.com', undefined],
  ])('%j starts but cannot answer: %s is meant', (mirror, instead) => {
    expect(mirrorDoubt(mirror)).not.toBeNull();
    expect(mirrorDoubt(mirror)?.instead).toBe(instead);
  });

  test('a path that dockerd itself adds would stand there twice', () => {
    expect(apiPathDoubt('https://a/v2/')).toMatchObject({ instead: 'https://a' });
    expect(apiPathDoubt('https://a/v2/hub')).toBeNull();
  });

  test('an ordinary one raises no doubt', () => {
    expect(mirrorDoubt('https://mirror.example.com:5443/v2')).toBeNull();
  });
});
