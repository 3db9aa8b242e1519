import { describe, expect, test } from '@jest/globals';
import { adopt, type AdoptedState } from '../../../../src/core/declaration/adopt.js';
import { parseDeclaration } from '../../../../src/core/declaration/declaration.js';

const KEPT = { folder: '/etc/dockerctl', example: '/usr/share/x.json5' };
const STATE: AdoptedState = { configPath: '/etc/docker/daemon.json', config: {}, registries: [] };
const declared = (state: Partial<AdoptedState>) => {
  const { files } = adopt({ ...STATE, ...state }, KEPT);
  const main = files.at(-1);
  expect(main?.path).toBe('/etc/dockerctl/dockerctl.json5');
  return parseDeclaration([{ path: '/d', text: main?.text ?? '' }]);
};

describe('what is written', () => {
  test('is a declaration, which repairs and restarts nothing before somebody says so', () => {
    const config = {
      debug: true,
      'registry-mirrors': ['https://m.test'],
      'insecure-registries': [],
    };
    expect(declared({ config })).toMatchObject({
      ...{ config: '/etc/docker/daemon.json', daemon: { debug: true } },
      ...{ mirrors: ['https://m.test'], insecure: [], restart: 'never' },
      drift: { default: 'report' },
    });
  });

  test('certificates of our own CA stand in it with the places where they were put', () => {
    const target = (path: string) => ({ kind: 'folder', path }) as const;
    const certificates = [
      { name: 'r.test', names: ['dns:r.test'], usages: ['server'], targets: [] },
      {
        ...{
          name: 'h.test',
          names: ['dns:h.test', 'dns:alt.test', 'ip:192.0.2.1'],
          usages: ['server'],
        },
        targets: [target('/srv/a'), { kind: 'harbor', path: '/opt/harbor' } as const],
      },
      { name: 'me', names: ['dns:me'], usages: ['client'], targets: [target('/srv/me')] },
      { name: 'both', names: ['dns:both'], usages: ['server', 'client'], targets: [] },
      { name: 'mail', names: ['email:a@b.test'], usages: ['server'], targets: [] },
    ];
    expect(declared({ certificates }).certificates).toEqual({
      'r.test': {},
      'h.test': {
        domains: ['h.test', 'alt.test'],
        ips: ['192.0.2.1'],
        deploy: [{ to: '/srv/a' }, { harbor: '/opt/harbor' }],
      },
      me: { profile: 'client', deploy: [{ to: '/srv/me' }] },
    });
    expect(adopt({ ...STATE, certificates }, KEPT).notes).toEqual([
      expect.stringContaining('certificate both is not declared'),
      expect.stringContaining('certificate mail is not declared'),
    ]);
  });

  test('CAs are kept beside it, each in a file', () => {
    const state = {
      registries: [
        { name: 'r.test:5000', ca: 'PEM', client: false, to: ['docker', 'podman'] },
        { name: 'd.test', ca: 'PEM', client: false },
        { name: 'docker.io', ca: 'PEM', client: false },
        { name: 'none.test', ca: null, client: false },
        { name: 'nobody.test', ca: 'PEM', client: false, to: [] },
      ],
      cas: [{ name: 'corp', pem: 'CORP' }],
    };
    const { files } = adopt({ ...STATE, ...state }, KEPT);
    expect(files.slice(0, -1)).toEqual([
      { path: '/etc/dockerctl/ca/r.test:5000.crt', text: 'PEM' },
      { path: '/etc/dockerctl/ca/d.test.crt', text: 'PEM' },
      { path: '/etc/dockerctl/ca/system-corp.crt', text: 'CORP' },
    ]);
    const { registries, cas } = declared(state);
    expect(registries).toMatchObject({
      'r.test:5000': {
        ca: { file: '/etc/dockerctl/ca/r.test:5000.crt' },
        to: ['docker', 'podman'],
      },
      'd.test': { ca: { file: '/etc/dockerctl/ca/d.test.crt' } },
    });
    expect(Object.keys(registries)).toHaveLength(2);
    expect(cas).toMatchObject({ corp: { file: '/etc/dockerctl/ca/system-corp.crt' } });
  });

  test('a client certificate is not declared, and that is said', () => {
    const registries = [{ name: 'r.test', ca: null, client: true }];
    expect(adopt({ ...STATE, registries }, KEPT).notes).toEqual([
      'r.test has a client certificate, which is not declared: add cert and key',
    ]);
  });
});
