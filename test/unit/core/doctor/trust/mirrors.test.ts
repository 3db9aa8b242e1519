import { describe, expect, test } from '@jest/globals';
import { mirrorsFamily } from '../../../../../src/core/doctor/trust/mirrors.js';
import { doctorFacts, type Machine } from '../../../../support/doctor-facts.js';
import { alarmsOn, codesOn, told } from '../../../../support/doctor-findings.js';

const config = (...mirrors: string[]) => ({
  '/etc/docker/daemon.json': JSON.stringify({ 'registry-mirrors': mirrors }),
});
const login = (...registries: string[]) => ({
  '/root/.docker/config.json': JSON.stringify({
    auths: Object.fromEntries(registries.map((registry) => [registry, {}])),
  }),
});
const dead = (mirror: string): NonNullable<Machine['facts']> => ({
  dialled: { registries: [], trustworthy: [], deadMirrors: [{ mirror, reason: 'refused' }] },
});
const find = (machine: Machine) => told(mirrorsFamily.find(doctorFacts(machine)));
const HUB = 'https://index.docker.io/v1/';

test('one that does not answer', () => {
  expect(codesOn({ facts: dead('https://m/') })).toEqual(['mirror-dead']);
  expect(find({ facts: dead('https://m/') })).toEqual([
    'mirror-dead https://m/ -> dockerctl mirrors remove https://m/',
  ]);
  // What is known to be retired is told with daemon.json.
  expect(find({ facts: dead('https://registry.docker-cn.com/') })).toEqual([]);
});

test('a private one over https, with a login of Docker Hub, is no alarm', () => {
  const machine: Machine = {
    files: { ...config('https://mirror.lab'), ...login(HUB) },
    observed: { info: null, state: 'stopped' },
  };
  expect(alarmsOn(machine).filter((code) => code !== 'daemon-down')).toEqual([]);
});

test('a page for people is no mirror, and is not called dead besides', () => {
  const hub = 'https://hub.docker.com';
  const said = `mirror-is-console ${hub} -> dockerctl mirrors remove ${hub}`;
  expect(find({ files: config(hub) })).toEqual([said]);
  expect(find({ files: config(hub), facts: dead(`${hub}/`) })).toEqual([said]);
});

/** moby distribution/registry.go: mirrors get the login of index.docker.io, never one of their own (moby#30880, #42022). */
describe('logins', () => {
  test('of a mirror are not used', () => {
    expect(find({ files: { ...config('https://m.corp:5443'), ...login('m.corp:5443') } })).toEqual([
      'mirror-login-unused https://m.corp:5443 -> docker logout m.corp:5443',
    ]);
  });

  test('of Docker Hub go to it, for all to read over http', () => {
    const hub = (mirror: string) => find({ files: { ...config(mirror), ...login(HUB) } });
    expect(hub('http://m.corp:5000')).toEqual([
      'mirror-gets-hub-login http://m.corp:5000 -> docker logout',
    ]);
    expect(hub('http://127.0.0.1:5000')).toEqual([]);
    expect(hub('https://m.corp:5000')).toEqual([]);
  });

  test('also where a flag names the mirror', () => {
    const flags = { '/etc/default/docker': 'DOCKER_OPTS="--registry-mirror=http://m.corp:5000"\n' };
    expect(find({ files: { ...login(HUB), ...flags } })).toEqual([
      'mirror-gets-hub-login http://m.corp:5000 -> docker logout',
    ]);
  });
});
