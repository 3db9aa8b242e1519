import { describe, expect, test } from '@jest/globals';
import { PACKAGE_DATABASES } from '../../../../src/core/text/package-owner.js';

const [dpkg, rpm] = PACKAGE_DATABASES;

describe('the package of a file', () => {
  test.each([
    ['docker-config: /etc/docker/daemon.json\n', 'docker-config'],
    ['libc6:amd64: /etc/ld.so.conf.d/x86_64-linux-gnu.conf\n', 'libc6:amd64'],
    ['docker.io, docker-config: /etc/docker\n', 'docker.io, docker-config'],
    [
      'diversion by site-config from: /etc/docker/daemon.json\n' +
        'diversion by site-config to: /etc/docker/daemon.json.orig\n' +
        'docker-config: /etc/docker/daemon.json\n',
      'docker-config',
    ],
    ['local diversion from: /bin/sh\nlocal diversion to: /bin/sh.distrib\n', null],
    ['', null],
  ])('as dpkg-query says it: %j', (answer, owner) => {
    expect(dpkg?.read(answer)).toBe(owner);
  });

  test.each([
    ['docker-config\n', 'docker-config'],
    ['docker-config\nother\n', 'docker-config'],
    ['', null],
  ])('as rpm says it: %j', (answer, owner) => {
    expect(rpm?.read(answer)).toBe(owner);
  });

  test('is asked for by the very name, although dpkg-query takes patterns', () => {
    expect(dpkg?.ask('/etc/docker/certs.d/a[b]*?\\/ca.crt').at(-1)).toBe(
      '/etc/docker/certs.d/a\\[b]\\*\\?\\\\/ca.crt',
    );
  });
});
