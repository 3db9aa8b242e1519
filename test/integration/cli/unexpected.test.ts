import { expect, test } from '@jest/globals';
import { realHost, temporaryFolder } from '../../support/node-host.js';
import { dockerctl, dockerctlOn } from '../../support/program.js';

/** The machine, where every look at a file ends so. */
const failing = (code: string) => (root: string | null) => {
  const host = realHost(root);
  const stat = () => {
    const error = new Error(`${code}: stat '/var/lib/dockerctl'`);
    throw Object.assign(error, { code, syscall: 'stat', path: '/var/lib/dockerctl' });
  };
  return { ...host, fs: { ...host.fs, stat } };
};

test.each([
  ['EACCES', 7, 'sudo'],
  ['EMFILE', 3, '`ulimit -n 1024`'],
  ['EIO', 3, '`dmesg`'],
])('%s where nobody expected it is no bug of ours', async (code, status, hint) => {
  const argv = ['certs', 'list', '--root', temporaryFolder()];
  const said = await dockerctlOn(failing(code), argv);
  expect(said.status).toBe(status);
  expect(said.stderr).toContain(hint);
  expect(said.stderr).not.toContain('bug');
});

test('a key that dockerd does not know is an error for show as for set', async () => {
  const root = temporaryFolder();
  for (const verb of [['show'], ['show', '--effective']]) {
    const said = await dockerctl('config', ...verb, 'log-drivre', '--root', root);
    expect(said.status).toBe(3);
    expect(said.stderr).toContain('log-driver');
  }
  expect((await dockerctl('config', 'show', 'log-driver', '--root', root)).status).toBe(0);
});
