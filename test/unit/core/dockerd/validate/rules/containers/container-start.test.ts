import { describe, expect, test } from '@jest/globals';
import type { HostFacts } from '../../../../../../../src/core/dockerd/validate/host-facts.js';
import { verdictOf, type Row } from '../../../../../../support/judge-config.js';

const limit = (key: string, value: unknown) => ({ 'default-ulimits': { [key]: value } });
const NAMES =
  'as, core, cpu, data, fsize, locks, memlock, msgqueue, nice, nofile, nproc, rss, rtprio, rttime, sigpending, stack';

/** dockerd passes them on; what the kernel refuses (getrlimit(2), setrlimit) no container starts with. */
describe('limits', () => {
  const late = (hint: string, key = 'nofile') => [
    'no container',
    `error bad-value default-ulimits.${key} -> ${hint}`,
  ];

  test.each<Row>([
    [limit('nofile', { Name: 'nofile', Hard: 65536, Soft: 1024 }), {}, ['works']],
    [limit('nofile', { name: 'nofile', hard: 1, SOFT: 1 }), {}, ['works']],
    [limit('core', { Name: 'core', Hard: -1, Soft: -1 }), {}, ['works']],
    [limit('nofile', { Hard: 9, Soft: 1 }), {}, late('add "Name": "nofile"')],
    [limit('x', { Name: 'x', Hard: 9, Soft: 1 }), {}, late(`write one of ${NAMES}`, 'x')],
    [
      limit('nofile', { Name: 'nofile', Hard: 1, Soft: 2 }),
      {},
      late('write a Hard that is at least Soft'),
    ],
    [
      limit('nofile', { Name: 'nofile', Hard: 9, Soft: -1 }),
      {},
      late('write a Hard that is at least Soft'),
    ],
    [
      limit('nofile', { Name: 'nofile', Hard: -1, Soft: 1024 }),
      {},
      late('write a number such as 1048576'),
    ],
    [limit('nofile', null), {}, late('remove it')],
  ])('%j with %j', (config, given, verdict) => {
    expect(verdictOf(config, given)).toEqual(verdict);
  });

  test.each([
    [limit('nofile', { Name: 'nproc', Hard: 1, Soft: 1 }), 'nofile -> write "Name": "nofile"'],
    [limit('files', { Name: 'nofile', Hard: 1, Soft: 1 }), 'files -> call it nofile'],
  ])('the Name decides, and not the key: %j', (config, said) => {
    expect(verdictOf(config)).toEqual(['works', `warning ignored-key default-ulimits.${said}`]);
  });
});

/** moby daemon/config/config_linux.go, LookupInitPath. */
describe('init-path', () => {
  const init = (path: string) => ({ init: true, 'init-path': path });
  const has = (...programs: string[]): HostFacts => ({
    kindOf: (path) => (programs.includes(path) ? 'executable' : null),
  });
  const MISSING =
    'error missing-program init-path -> correct init-path, or remove it for the docker-init of the package';

  test.each<Row>([
    [init('/usr/bin/tini'), { host: has('/usr/bin/tini') }, ['works']],
    [init('/usr/bin/tini'), { host: has() }, ['no container', MISSING]],
    [{ 'init-path': '/usr/bin/tini' }, { host: has() }, ['works']],
    [init('docker-init'), { host: has('/usr/libexec/docker/docker-init') }, ['works']],
    [init('tini'), { host: has('/usr/bin/tini') }, ['works']],
    [init('tini'), { host: has() }, ['no container', MISSING]],
    // Relative names are looked up since 24.
    [
      init('tini'),
      { host: has('/usr/bin/tini'), engine: '23' },
      [
        'no container',
        'error bad-value init-path -> write the whole path, or remove it for the docker-init of the package',
      ],
    ],
  ])('%j with %j', (config, given, verdict) => {
    expect(verdictOf(config, given)).toEqual(verdict);
  });
});
