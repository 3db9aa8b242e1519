import {
  chmodSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { machine, type Machine } from '../../../support/certs.js';

const NAME = 'reg.example.com';

/** A machine with a certificate, a victim, and a folder where every user may write. */
async function withTrap(mode: number): Promise<Machine> {
  const box = machine();
  await box.data('certs', 'issue', '--init', '--domain', NAME);
  for (const folder of ['/trap', '/etc', '/srv']) mkdirSync(box.at(folder), { recursive: true });
  chmodSync(box.at('/trap'), mode);
  writeFileSync(box.at('/etc/shadow'), 'untouched');
  writeFileSync(box.at('/pass'), 'secret', { mode: 0o600 });
  return box;
}

const untouched = (box: Machine): void => {
  expect(box.text('/etc/shadow')).toBe('untouched');
};

const HARBOR = `hostname: ${NAME}\nhttps:\n  port: 443\n`;

const WRITERS: [string, (place: string) => string[]][] = [
  ['deploy --to', (place) => ['deploy', NAME, '--to', place]],
  ['deploy --harbor', (place) => ['deploy', NAME, '--harbor', place]],
  ['deploy --registry', (place) => ['deploy', NAME, '--registry', `${place}/config.yml`]],
  ['issue --out', (place) => ['issue', '--domain', 'two.example.com', '--out', place]],
  ['issue --out --force', (place) => ['issue', '--force', '--domain', NAME, '--out', place]],
  ['export', (place) => ['export', NAME, '--out', place]],
  ['export --format harbor', (place) => ['export', NAME, '--format', 'harbor', '--out', place]],
  [
    'export --format k8s-secret',
    (place) => ['export', NAME, '--format', 'k8s-secret', '--out', `${place}/s.yaml`],
  ],
  ['crl', (place) => ['crl', '--out', `${place}/crl.pem`]],
  [
    'init --root-key-out',
    (place) => [
      ...['init', '--pki', '/other', '--intermediate', '--root-key-out', `${place}/ca.key`],
    ],
  ],
  ['init --pki', (place) => ['init', '--pki', `${place}/pki`]],
];

describe.each(WRITERS)('certs %s', (_, argv) => {
  test('writes nothing where every user can exchange names', async () => {
    const box = await withTrap(0o777);
    writeFileSync(box.at('/trap/harbor.yml'), HARBOR);
    writeFileSync(box.at('/trap/config.yml'), 'version: 0.1\nhttp:\n  addr: :5000\n');
    const before = readdirSync(box.at('/trap'));
    const error = await box.error('certs', ...argv('/trap'));
    expect(error).toMatchObject({
      code: 'file-not-writable',
      message: expect.stringContaining('every user may write to /trap'),
      hint: expect.stringContaining('name a folder that only root may write to'),
    });
    expect(readdirSync(box.at('/trap'))).toEqual(before);
  });

  test('does not go over a folder that is a link there', async () => {
    const box = await withTrap(0o777);
    writeFileSync(box.at('/srv/harbor.yml'), HARBOR);
    writeFileSync(box.at('/srv/config.yml'), 'version: 0.1\nhttp:\n  addr: :5000\n');
    symlinkSync('/srv', box.at('/trap/way'));
    const before = readdirSync(box.at('/srv'));
    expect(await box.error('certs', ...argv('/trap/way'))).toMatchObject({
      code: 'file-not-writable',
      message: expect.stringContaining('leads over the symbolic link /trap/way'),
    });
    expect(readdirSync(box.at('/srv'))).toEqual(before);
  });
});

test('what is refused was not issued either', async () => {
  const box = await withTrap(0o777);
  const before = readdirSync(box.at('/var/lib/dockerctl/pki/certs'));
  await box.error('certs', 'issue', '--domain', 'two.example.com', '--out', '/trap');
  expect(readdirSync(box.at('/var/lib/dockerctl/pki/certs'))).toEqual(before);
});

describe.each([NAME, 'two.example.com'])('a trap under the name of the key of %s', (name) => {
  const argv = name === NAME ? ['deploy', NAME, '--to'] : ['issue', '--domain', name, '--out'];

  test('a link that root made itself is followed', async () => {
    const box = await withTrap(0o755);
    symlinkSync('/srv', box.at('/trap/way'));
    await box.data('certs', ...argv, '/trap/way');
    expect(box.text(`/srv/${name}.key`)).toContain('PRIVATE KEY');
  });

  test('a second name of another file in a folder like /tmp is not written over', async () => {
    const box = await withTrap(0o1777);
    linkSync(box.at('/etc/shadow'), box.at(`/trap/${name}.key`));
    expect(await box.error('certs', ...argv, '/trap')).toMatchObject({
      code: 'file-not-writable',
      message: expect.stringContaining('hard links'),
    });
    untouched(box);
  });
});

test('a renewal does not follow a link that took the place of the key', async () => {
  const box = await withTrap(0o755);
  await box.data('certs', 'deploy', NAME, '--to', '/trap/tls');
  chmodSync(box.at('/trap/tls'), 0o777);
  rmSync(box.at(`/trap/tls/${NAME}.key`));
  symlinkSync('/etc/shadow', box.at(`/trap/tls/${NAME}.key`));
  expect(await box.error('certs', 'renew', NAME)).toMatchObject({
    code: 'file-not-writable',
    message: expect.stringContaining(`leads over the symbolic link /trap/tls/${NAME}.key`),
  });
  untouched(box);
});

test('a key is closed, however open the file was that it replaces; its certificate keeps its mode', async () => {
  const box = await withTrap(0o755);
  writeFileSync(box.at(`/trap/${NAME}.key`), 'old');
  writeFileSync(box.at(`/trap/${NAME}.crt`), 'old');
  chmodSync(box.at(`/trap/${NAME}.key`), 0o644);
  chmodSync(box.at(`/trap/${NAME}.crt`), 0o640);
  const { plan } = await box.data<{ plan: { notes: string[] } }>(
    ...['certs', 'deploy', NAME, '--to', '/trap'],
  );
  const mode = (end: string) => statSync(box.at(`/trap/${NAME}.${end}`)).mode & 0o777;
  expect([mode('key'), mode('crt')]).toEqual([0o600, 0o640]);
  expect(plan.notes).toContainEqual(expect.stringContaining('had mode 0644'));
  expect(readFileSync(box.at(`/trap/${NAME}.key`), 'utf8')).toContain('PRIVATE KEY');
});

test('a configuration is not written through a link where every user may write', async () => {
  const box = await withTrap(0o1777);
  writeFileSync(box.at('/etc/daemon.json'), '{}');
  chmodSync(box.at('/trap'), 0o777);
  symlinkSync('/etc/daemon.json', box.at('/trap/daemon.json'));
  const argv = ['config', 'set', 'debug', 'true', '--config', '/trap/daemon.json'];
  expect(await box.error(...argv)).toMatchObject({
    code: 'file-not-writable',
    message: expect.stringContaining('leads over the symbolic link /trap/daemon.json'),
  });
  expect(box.text('/etc/daemon.json')).toBe('{}');
});
