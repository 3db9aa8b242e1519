import { expect, test } from '@jest/globals';
import { restoreWords } from '../../../../src/core/transaction/manual-restore.js';

const aside = '/var/lib/dockerctl/journal.json.damaged-1';
const path = '/etc/docker/daemon.json';

test('a file that was there is copied back, one that was not is removed, and dockerd is told', () => {
  const copies = [
    { path, copy: '/copy' },
    { path: '/etc/docker/certs.d/r/ca.crt', copy: null },
  ];
  expect(restoreWords({ aside, title: 'set debug', copies, told: true })).toEqual({
    message: `the journal of \`set debug\` cannot be read; it was set aside as ${aside}, and no file was touched. ${path} as it was before is /copy; /etc/docker/certs.d/r/ca.crt was not there before`,
    hint: `compare them with diff; to go back: \`cp /copy ${path}\`, then \`rm /etc/docker/certs.d/r/ca.crt\`, then \`dockerctl daemon restart\`, then \`rm ${aside}\``,
  });
});

test('where dockerd had no part in it, it is not restarted', () => {
  const { hint } = restoreWords({ aside, title: 't', copies: [{ path, copy: '/c' }], told: false });
  expect(hint).not.toContain('restart');
});

test('where no copies are known, none are promised', () => {
  expect(restoreWords({ aside, title: null, copies: null, told: false }).message).toContain(
    'No copies of old files are known',
  );
});
