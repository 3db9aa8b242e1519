import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { roundRobin } from './round-robin.mjs';

const REGISTRIES = 5000;
const AUTHORITIES = 20;

export const title = `trust list with ${REGISTRIES} registries, as a multiple of a node that reads their files`;

const READ = `
  const { readdirSync, readFileSync } = require('node:fs');
  const root = process.argv[1];
  for (const folder of readdirSync(root))
    for (const file of readdirSync(root + '/' + folder)) readFileSync(root + '/' + folder + '/' + file);
`;

/** Our /etc in place of the machine's, for this command alone: below `--root` each path is looked at for links, too. */
const NAMESPACE = 'unshare --mount --map-root-user sh -c'
  .split(' ')
  .concat('mount --bind "$0" /etc && exec "$@"');

export function measure({ rounds }) {
  const root = mkdtempSync(join(tmpdir(), 'dockerctl-bench-'));
  try {
    const certs = join(root, 'etc/docker/certs.d');
    const authorities = Array.from({ length: AUTHORITIES }, (_, index) => authority(root, index));
    for (let index = 0; index < REGISTRIES; index += 1) {
      const folder = join(certs, `registry-${index}.example:5000`);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'ca.crt'), authorities[index % AUTHORITIES]);
    }
    const inside = (...argv) => [...NAMESPACE, join(root, 'etc'), process.execPath, ...argv];
    const list = inside('dist/dockerctl.cjs', 'trust', 'list');
    const baseline = inside('-e', READ, '/etc/docker/certs.d');
    const { ratio } = roundRobin({ commands: { list }, baseline, rounds }).get('list');
    return [{ name: 'dockerctl trust list', value: ratio, unit: 'x', limit: 3 }];
  } finally {
    rmSync(root, { recursive: true });
  }
}

function authority(folder, index) {
  const [key, cert] = [join(folder, 'key'), join(folder, 'cert')];
  const subject = ['-subj', `/CN=Authority ${index}`, '-days', '30'];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  const out = ['-keyout', key, '-out', cert];
  execFileSync('openssl', ['req', '-x509', ...kind, ...subject, ...out], { stdio: 'ignore' });
  return readFileSync(cert);
}
