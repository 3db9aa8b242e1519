import { describe, expect, test } from '@jest/globals';
import {
  insecureEntry,
  insecureProblem,
} from '../../../../../src/core/dockerd/options/insecure.js';
import { parseVersion } from '../../../../../src/core/dockerd/options/keys/version.js';

const engine = (text: string) => parseVersion(text)!;

describe('an entry of insecure-registries', () => {
  test.each([
    'reg',
    'reg.example.com:5000',
    '10.0.0.1',
    '10.0.0.1:5000',
    '10.0.0.1/8',
    '::1',
    'fd00::/8',
    '[::1]:5000',
    'http://reg:5000',
    'HTTPS://reg',
    'a-b.c:0',
  ])('%s is accepted', (entry) => {
    expect(insecureProblem(entry, engine('26.1.5'))).toBeNull();
  });

  test.each([
    ['a:5000/', 'a:5000'],
    ['a/path', 'a'],
    ['http://a:5000/v2', 'a:5000'],
    ['ftp://a', 'a'],
    [' a', 'a'],
    ['a.', 'a'],
    ['*.example.com', undefined],
    ['my_reg:5000', undefined],
    ['', undefined],
    ['-a', undefined],
    ['a-', undefined],
    ['10.0.0.0/33', undefined],
    ['10.0.0.1：5000', '10.0.0.1:5000'],
    ['http//a:5000', 'a:5000'],
    ['10.0.0.0/255.0.0.0', '10.0.0.0/8'],
    ['10.0.0.0/16:5000', '10.0.0.0/16'],
    ['10.0.0.1: 5000', '10.0.0.1:5000'],
    ['http:/a:5000', 'a:5000'],
    ['a:5000\u200b', 'a:5000'],
    ['a:5000,b:5000', undefined],
    ['a:abc', undefined],
    ['a:99999', undefined],
    ['fd00::1%eth0', undefined],
  ])('%j is refused, and %s offered instead', (entry, instead) => {
    const problem = insecureProblem(entry, engine('26.1.5'));
    expect(problem).not.toBeNull();
    expect(problem?.instead).toBe(instead);
  });

  test('may be a bracketed address without a port since 25', () => {
    expect(insecureProblem('[::1]', engine('24.0.9'))).not.toBeNull();
    expect(insecureProblem('[::1]', engine('25.0.0'))).toBeNull();
  });

  test('is kept without its scheme, and a block without host bits', () => {
    expect(insecureEntry('http://reg:5000')).toEqual({ kind: 'host', value: 'reg:5000' });
    expect(insecureEntry('10.1.2.3/8')).toEqual({ kind: 'block', value: '10.0.0.0/8' });
    expect(insecureEntry('fd00:0:0::1/64')).toEqual({ kind: 'block', value: 'fd00::/64' });
    expect(insecureEntry('10.1.2.3')).toEqual({ kind: 'host', value: '10.1.2.3' });
  });
});

test('an entry of a hundred thousand dots or hyphens is refused', () => {
  for (const piece of ['.', 'a-', ':', 'a.'])
    expect(insecureProblem(`${piece.repeat(100_000)}_`, engine('26.1.5'))).not.toBeNull();
});
