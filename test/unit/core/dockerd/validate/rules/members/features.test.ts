import { describe, expect, test } from '@jest/globals';
import { judge, verdictOf } from '../../../../../../support/judge-config.js';

const set = (name: string) => ({ features: { [name]: true } });

/** dockerd takes every name (moby config.go); those that it reads, by release: `git grep 'Features\['` of each tag. */
describe('a feature that nothing reads', () => {
  test.each([
    ['buildkti', '28.5.2', 'write buildkit'],
    ['containerd-snapshoter', '28.5.2', 'write containerd-snapshotter'],
    ['containerd-snapshotter', '20.10.24', 'remove "containerd-snapshotter"'],
    ['time-namespaces', '29.4', 'remove "time-namespaces"'],
    ['swarm-nftables', '29.5.3', 'remove "swarm-nftables"'],
    ['embedded-containerd', '29.6.2', 'remove "embedded-containerd"'],
    ['nonsense', '28.5.2', 'remove "nonsense"'],
  ])('%s on %s: %s', (name, engine, hint) => {
    expect(verdictOf(set(name), { engine })).toEqual([
      'works',
      `warning unknown-feature features.${name} -> ${hint}`,
    ]);
  });

  test.each([
    ['buildkit', '20.10.24'],
    ['containerd-snapshotter', '24.0.0'],
    ['cdi', '25.0.0'],
    ['time-namespaces', '29.5.0'],
    ['swarm-nftables', '29.6.0'],
    ['embedded-containerd', '29.7.0'],
  ])('and one that is read: %s on %s', (name, engine) => {
    expect(verdictOf(set(name), { engine })).toEqual(['works']);
  });
});

test('on Linux windows-dns-proxy stops 26.1 to 27, also behind a hundred others', () => {
  const config = set('windows-dns-proxy');
  const refused = [
    'no start, no reload',
    'error bad-value features.windows-dns-proxy -> remove it',
  ];
  expect(verdictOf(config, { engine: '26.1.5' })).toEqual(refused);
  expect(verdictOf(config, { engine: '27.5.1' })).toEqual(refused);
  expect(verdictOf(config, { engine: '26.0.2' })[0]).toBe('works');
  expect(verdictOf(config)[0]).toBe('works');
  const many = Object.fromEntries(Array.from({ length: 150 }, (_, at) => [`f${at}`, true]));
  const features = { ...many, 'windows-dns-proxy': true };
  expect(judge({ features }, { engine: '27.5.1' }).starts).toBe(false);
});
