import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { machine, PKI, type Machine } from '../../../support/certs.js';

const HARBOR = `# Configuration file of Harbor
hostname: reg.example.com   # what clients type

https:
  # https port for harbor, default is 443
  port: 443
  certificate: /your/certificate/path
  private_key: /your/private/key/path   # keep it

# external_url: https://reg.example.com:8433
data_volume: /data
`;

const REGISTRY = `version: 0.1
storage:
  filesystem:
    rootdirectory: /var/lib/docker-registry
http:
  addr: :5000   # everybody
  headers:
    X-Content-Type-Options: [nosniff]
`;

async function withFile(path: string, text: string): Promise<Machine> {
  const box = machine();
  mkdirSync(box.at(path.replace(/\/[^/]*$/u, '')), { recursive: true });
  writeFileSync(box.at(path), text);
  await box.data('certs', 'issue', '--init', '--domain', 'reg.example.com');
  return box;
}

const store = (box: Machine, suffix: string) => box.text(`${PKI}/certs/reg.example.com.${suffix}`);

describe('certs deploy --harbor', () => {
  const DEPLOY = ['certs', 'deploy', 'reg.example.com', '--harbor', '/opt/harbor'];

  test('points harbor.yml at the new pair and keeps every other byte', async () => {
    const box = await withFile('/opt/harbor/harbor.yml', HARBOR);
    expect(await box.data(...DEPLOY)).toMatchObject({ status: 'applied' });
    expect(box.text('/opt/harbor/harbor.yml')).toBe(
      HARBOR.replace('/your/certificate/path', '/opt/harbor/tls/reg.example.com.crt').replace(
        '/your/private/key/path',
        '/opt/harbor/tls/reg.example.com.key',
      ),
    );
    expect(box.text('/opt/harbor/tls/reg.example.com.key')).toBe(store(box, 'key'));
    expect(statSync(box.at('/opt/harbor/tls/reg.example.com.key')).mode & 0o777).toBe(0o600);
  });

  test('makes the https section where there is none', async () => {
    const box = await withFile(
      '/opt/harbor/harbor.yml',
      'hostname: reg.example.com # x\nhttp:\n  port: 80\n',
    );
    await box.data(...DEPLOY);
    expect(box.text('/opt/harbor/harbor.yml')).toBe(
      'https:\n  private_key: /opt/harbor/tls/reg.example.com.key\n  certificate: /opt/harbor/tls/reg.example.com.crt\nhostname: reg.example.com # x\nhttp:\n  port: 80\n',
    );
  });

  test('refuses a certificate that does not cover the hostname, or the external URL', async () => {
    const box = await withFile(
      '/opt/harbor/harbor.yml',
      HARBOR.replace('# external', 'external').replace('.com:8433', '.net:8433'),
    );
    expect(await box.error(...DEPLOY)).toMatchObject({
      code: 'invalid-value',
      message: expect.stringContaining('does not cover reg.example.net'),
      hint: expect.stringMatching(
        / certs issue --profile harbor --domain reg\.example\.com --domain reg\.example\.net$/,
      ),
    });
  });

  test.each([
    ['broken YAML', 'hostname: [\n', 'harbor.yml:2:1'],
    ['no configuration of Harbor', 'a: b\n', 'no hostname'],
  ])('refuses %s and changes nothing', async (_, text, reason) => {
    const box = await withFile('/opt/harbor/harbor.yml', text);
    expect(await box.error(...DEPLOY)).toMatchObject({
      code: 'invalid-value',
      message: expect.stringContaining(reason),
    });
    expect(box.text('/opt/harbor/harbor.yml')).toBe(text);
  });

  test('shows the plan with --dry-run, without the key', async () => {
    const box = await withFile('/opt/harbor/harbor.yml', HARBOR);
    const { stdout } = await box.run(...DEPLOY, '--dry-run');
    expect(stdout).toContain('+  certificate: /opt/harbor/tls/reg.example.com.crt');
    expect(stdout).not.toContain('PRIVATE KEY');
    expect(box.text('/opt/harbor/harbor.yml')).toBe(HARBOR);
  });

  test('a renewal follows, and history brings the configuration back', async () => {
    const box = await withFile('/opt/harbor/harbor.yml', HARBOR);
    const { generation } = await box.data<{ generation: number }>(...DEPLOY);
    await box.data('certs', 'renew', 'reg.example.com');
    expect(box.text('/opt/harbor/tls/reg.example.com.key')).toBe(store(box, 'key'));
    expect(generation).toBeGreaterThan(0);
  });
});

describe('certs deploy --registry', () => {
  const CONFIG = '/etc/docker/registry/config.yml';
  const DEPLOY = ['certs', 'deploy', 'reg.example.com', '--registry', CONFIG];

  test('a renewal says what runs with the old certificate until it is restarted', async () => {
    const box = await withFile(CONFIG, REGISTRY);
    await box.data(...DEPLOY);
    const { notes } = await box.data<{ notes: string[] }>('certs', 'renew', 'reg.example.com');
    expect(notes).toContainEqual(
      expect.stringMatching(/^reg\.example\.com: restart the registry/u),
    );
  });

  test('gives a registry TLS beside its other settings', async () => {
    const box = await withFile(CONFIG, REGISTRY);
    await box.data(...DEPLOY);
    expect(box.text(CONFIG)).toBe(
      REGISTRY.replace(
        '  addr: :5000',
        '  tls:\n    key: /etc/docker/registry/tls/reg.example.com.key\n    certificate: /etc/docker/registry/tls/reg.example.com.crt\n  addr: :5000',
      ),
    );
  });

  test('refuses one that gets its certificates from letsencrypt: with both it would not start', async () => {
    const tls = 'tls: { letsencrypt: { cachefile: /c, email: a@b.c, hosts: [a.test] } }';
    const text = REGISTRY.replace('  addr', `  ${tls}\n  addr`);
    const box = await withFile(CONFIG, text);
    expect(await box.error(...DEPLOY)).toMatchObject({
      code: 'invalid-value',
      message: expect.stringContaining('http.tls.letsencrypt'),
    });
    expect(box.text(CONFIG)).toBe(text);
  });

  test.each([
    ['a group that root chose may go on reading the key', 0o640, 0o640],
    ['a key that everybody could read is closed', 0o644, 0o600],
  ])('exchanges the pair that is there in its place: %s', async (_, mode, then) => {
    const text = REGISTRY.replace(
      '  addr',
      '  tls: { certificate: /tls/a.crt, key: /tls/a.key }\n  addr',
    );
    const box = await withFile(CONFIG, text);
    mkdirSync(box.at('/tls'));
    writeFileSync(box.at('/tls/a.key'), 'old', { mode });
    await box.data(...DEPLOY);
    expect(box.text(CONFIG)).toBe(text);
    expect(box.text('/tls/a.key')).toBe(store(box, 'key'));
    expect(statSync(box.at('/tls/a.key')).mode & 0o777).toBe(then);
  });
});

test.each([[[]], [['--to', '/a', '--harbor', '/b']]])(
  'certs deploy wants one place: %j',
  async (targets) => {
    const box = await withFile('/x', '');
    expect(await box.error('certs', 'deploy', 'reg.example.com', ...targets)).toMatchObject({
      code: 'usage',
    });
  },
);

describe('a folder where docker looks for trust', () => {
  const TRUST = '/etc/docker/certs.d/reg.example.com:5000';

  test('is given no server key, which would end docker pull', async () => {
    const box = await withFile('/x/y', '');
    const refused = {
      code: 'invalid-value',
      hint: expect.stringContaining('trust add-registry reg.example.com:5000'),
    };
    for (const argv of [
      ['certs', 'deploy', 'reg.example.com', '--to', TRUST],
      ['certs', 'issue', '--domain', 'two.example.com', '--out', TRUST],
    ])
      expect(await box.error(...argv)).toMatchObject(refused);
    expect(existsSync(box.at(TRUST))).toBe(false);
  });

  test('takes the pair of a client', async () => {
    const box = await withFile('/x/y', '');
    await box.data('certs', 'issue', '--profile', 'client', '--name', 'ci', '--out', TRUST);
    expect(existsSync(box.at(`${TRUST}/ci.cert`))).toBe(true);
  });
});

test('a second certificate for one registry takes over its renewals', async () => {
  const box = await withFile('/etc/docker/registry/config.yml', REGISTRY);
  await box.data('certs', 'issue', '--domain', 'two.example.com', '--domain', 'reg.example.com');
  for (const name of ['reg.example.com', 'two.example.com'])
    await box.data('certs', 'deploy', name, '--registry', '/etc/docker/registry/config.yml');
  const { placed } = await box.data<{ placed: string[] }>('certs', 'renew', 'reg.example.com');
  expect(placed).toEqual([]);
});

test.each([
  ['expired', /expired on .+ refuse it/u, 'certs renew reg.example.com'],
  ['revoked', /was revoked/u, 'certs issue --name reg.example.com --domain reg.example.com'],
])('one that is %s is not deployed, and exported with a warning', async (state, why, hint) => {
  let now = Date.now();
  const box = machine(() => now);
  await box.data('certs', 'issue', '--init', '--domain', 'reg.example.com', '--days', '2');
  if (state === 'expired') now += 3 * 86_400_000;
  else await box.data('certs', 'revoke', 'reg.example.com', '--yes');
  expect(await box.error('certs', 'deploy', 'reg.example.com', '--to', '/o')).toMatchObject({
    code: 'invalid-certificate',
    message: expect.stringMatching(why),
    hint: expect.stringContaining(hint),
  });
  const { status, stderr } = await box.run('certs', 'export', 'reg.example.com', '--out', '/e');
  expect(status).toBe(0);
  expect(stderr).toMatch(why);
  expect(stderr).toContain(hint);
});
