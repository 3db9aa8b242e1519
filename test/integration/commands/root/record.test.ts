import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { parseSettings } from '../../../../src/core/formats/json/json5-settings.js';
import { machine } from '../../../support/certs.js';
import { temporaryFolder } from '../../../support/node-host.js';
import { CA, CLIENT, issue } from '../../../support/openssl.js';

const RECORDED = '/etc/dockerctl/dockerctl.d/recorded.json5';

function declaring(text: string) {
  const host = machine();
  mkdirSync(join(host.root, 'etc/dockerctl'), { recursive: true });
  writeFileSync(host.at('/etc/dockerctl/dockerctl.json5'), text);
  return host;
}

test('--record also declares what was changed, and rollback undoes both', async () => {
  const host = declaring('{ daemon: { debug: false } } // mine');
  await host.data('mirrors', 'set', 'https://m.example', '--record');
  await host.data('config', 'set', 'log-opts.max-size', '10m', '--record');
  expect(host.text(RECORDED)).toContain("mirrors: [\n    'https://m.example',\n  ]");
  expect(host.text(RECORDED)).toContain("'max-size': '10m'");
  expect(host.text('/etc/dockerctl/dockerctl.json5')).toBe('{ daemon: { debug: false } } // mine');
  await host.data('config', 'rollback');
  expect(host.text(RECORDED)).not.toContain('max-size');
});

test('record: always does so unasked; without either nothing is declared', async () => {
  const always = declaring("{ record: 'always' }");
  await always.data('insecure', 'add', 'reg.example:5000');
  expect(always.text(RECORDED)).toContain('insecure');
  await always.data('insecure', 'remove', 'reg.example:5000');
  expect(always.text(RECORDED)).toContain('insecure: []');
  const never = declaring('{}');
  await never.data('insecure', 'add', 'reg.example:5000');
  expect(() => never.text(RECORDED)).toThrow('ENOENT');
});

test('what a file of the operator declares otherwise is named and left alone', async () => {
  const host = declaring("{\n  mirrors: ['https://mine.example/'] }");
  const outcome = await host.data<{ plan: { notes: string[] } }>(
    ...['mirrors', 'set', 'https://m.example', '--record'],
  );
  expect(outcome.plan.notes.join()).toContain(
    'not recorded: mirrors is declared otherwise at /etc/dockerctl/dockerctl.json5:2:12',
  );
});

test('an error in the declaration stands in no way, unless --record asks for it', async () => {
  const host = declaring('{ mirrors: [ }');
  const { plan } = await host.data<{ plan: { notes: string[] } }>('config', 'set', 'debug', 'true');
  expect(plan.notes.join()).toContain('nothing is recorded: /etc/dockerctl/dockerctl.json5:1:14');
  expect(await host.error('config', 'set', 'debug', 'false', '--record')).toMatchObject({
    code: 'invalid-declaration',
  });
});

test('certs issue --out --install --record is one change, and rollback undoes it as a whole', async () => {
  const host = declaring('{}');
  await host.data('certs', 'init');
  const words = ['--domain', 'reg.example', '--out', '/srv/tls', '--install', '--record'];
  await host.data('certs', 'issue', ...words);
  const wanted = ['/srv/tls/reg.example.crt', '/etc/docker/certs.d/reg.example/ca.crt', RECORDED];
  const { changes } = await host.data<{ changes: { files: string[] }[] }>('config', 'history');
  expect(changes.map(({ files }) => wanted.every((path) => files.includes(path)))).toEqual([true]);
  await host.data('config', 'rollback');
  for (const path of wanted) expect(() => host.text(path)).toThrow('ENOENT');
});

test('certs issue stores nothing where one of its places cannot be had', async () => {
  const host = declaring('{ mirrors: [ }');
  await host.data('certs', 'init');
  const words = ['--domain', 'reg.example', '--out', '/srv/tls', '--record'];
  expect(await host.error('certs', 'issue', ...words)).toMatchObject({
    code: 'invalid-declaration',
  });
  const { certificates } = await host.data<{ certificates: unknown[] }>('certs', 'list');
  expect(certificates).toEqual([]);
});

describe('what is recorded of trust and certificates', () => {
  let caFile = '';
  let [cert, key] = ['', ''];

  beforeEach(() => {
    const folder = temporaryFolder();
    const ca = issue(folder, { cn: 'Root', extensions: CA });
    const client = issue(folder, { cn: 'me', extensions: CLIENT, by: ca });
    const file = (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    caFile = file('ca.crt', ca.cert);
    [cert, key] = [file('me.crt', client.cert), file('me.key', client.key)];
  });

  const recordingMachine = () => declaring("{ record: 'always' }");
  const recorded = (host: ReturnType<typeof declaring>) => parseSettings(host.text(RECORDED));
  const pem = expect.stringContaining('BEGIN CERTIFICATE') as unknown;

  test('is how a registry is trusted, so that apply finds nothing to do', async () => {
    const host = declaring('{}');
    await host.run(
      ...[
        'trust',
        'add-registry',
        'reg.example:5000',
        '--ca',
        caFile,
        '--to',
        'docker,podman,java',
      ],
      ...['--no-verify', '--record', '--dry-run'],
    );
    expect(() => host.text(RECORDED)).toThrow('ENOENT');
    await host.data(
      ...['trust', 'add-registry', 'reg.example:5000', '--ca', caFile, '--to', 'docker,podman'],
      ...['--no-verify', '--record'],
    );
    expect(recorded(host)).toEqual({
      registries: { 'reg.example:5000': { ca: { pem }, to: ['docker', 'podman'], verify: false } },
    });
    expect(await host.data('apply')).toMatchObject({ status: 'unchanged' });
    await host.data('config', 'rollback');
    expect(() => host.text(RECORDED)).toThrow('ENOENT');
  });

  test('is the pair that a registry is shown, and that it is insecure', async () => {
    const host = recordingMachine();
    const pair = ['--client-cert', cert, '--client-key', key];
    await host.data('trust', 'add-registry', 'a.example', '--ca', caFile, ...pair);
    await host.data('trust', 'add-registry', 'b.example', '--insecure');
    expect(recorded(host)).toEqual({
      registries: { 'a.example': { ca: { pem }, cert, key }, 'b.example': { insecure: true } },
    });
  });

  test('grows by consumers and shrinks by them', async () => {
    const host = recordingMachine();
    await host.data('trust', 'add-registry', 'a.example', '--ca', caFile, '--to', 'docker');
    await host.data('trust', 'add-registry', 'a.example', '--ca', caFile, '--to', 'podman');
    expect(recorded(host)).toMatchObject({
      registries: { 'a.example': { to: ['docker', 'podman'] } },
    });
    await host.data('trust', 'remove-registry', 'a.example', '--to', 'podman');
    expect(recorded(host)).toEqual({ registries: { 'a.example': { ca: { pem } } } });
    await host.data('trust', 'add-registry', 'a.example', '--ca', caFile, '--to', 'podman');
    await host.data('trust', 'remove-registry', 'a.example', '--to', 'docker');
    expect(recorded(host)).toMatchObject({ registries: { 'a.example': { to: ['podman'] } } });
    await host.data('trust', 'remove-registry', 'a.example');
    expect(recorded(host)).toEqual({});
  });

  test('is a CA of the system store, until it is taken back', async () => {
    const host = recordingMachine();
    writeFileSync(host.at('/etc/os-release'), 'ID=debian\n');
    await host.data('trust', 'add-ca', caFile, '--name', 'corporate');
    expect(recorded(host)).toEqual({ cas: { corporate: { pem } } });
    await host.data('trust', 'remove-ca', 'corporate');
    expect(recorded(host)).toEqual({});
  });

  test('is a certificate with its names, and where it is put', async () => {
    const host = recordingMachine();
    await host.data('certs', 'init');
    await host.data('certs', 'issue', '--domain', 'reg.example', '--out', '/srv/tls');
    await host.data(
      ...['certs', 'issue', '--name', 'b', '--domain', 'b.example', '--ip', '10.0.0.1'],
      ...['--days', '30', '--profile', 'harbor'],
    );
    await host.data('certs', 'deploy', 'b', '--to', '/srv/b');
    expect(recorded(host)).toEqual({
      certificates: {
        'reg.example': { deploy: [{ to: '/srv/tls' }] },
        b: {
          domains: ['b.example'],
          ips: ['10.0.0.1'],
          profile: 'harbor',
          days: 30,
          deploy: [{ to: '/srv/b' }],
        },
      },
    });
    expect(await host.data('drift')).toMatchObject({ findings: [] });
  });

  test('is no certificate that a declaration could not ask for, and none of another authority', async () => {
    const host = declaring('{}');
    await host.data('certs', 'init', '--pki', '/srv/other');
    await host.data('certs', 'issue', '--pki', '/srv/other', '--domain', 'a.example', '--record');
    await host.data('certs', 'init');
    const { notes } = await host.data<{ notes: string[] }>(
      ...['certs', 'issue', '--domain', 'a.example', '--email', 'me@a.example', '--record'],
    );
    expect(notes.join()).toContain('not recorded: a declaration knows domains');
    expect(() => host.text(RECORDED)).toThrow('ENOENT');
  });
});
