import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { roundRobin } from './round-robin.mjs';

export const title =
  'doctor, without dialling: fifty registries and the certificates of the system';

const BUNDLE = '/etc/ssl/certs/ca-certificates.crt';
const REGISTRIES = 50;
/** Milliseconds. */
const LIMIT = 1000;

export function measure({ rounds }) {
  const root = mkdtempSync(join(tmpdir(), 'dockerctl-doctor-'));
  try {
    fill(root);
    const commands = {
      doctor: [process.execPath, 'dist/dockerctl.cjs', 'doctor', '--root', root],
    };
    const results = roundRobin({ commands, baseline: [process.execPath, '-e', '0'], rounds });
    return [
      { name: 'dockerctl doctor', value: results.get('doctor').ms, unit: 'ms', limit: LIMIT },
    ];
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** Debian's store, each certificate a file as its package has them, and the first one as the CA of every registry. */
function fill(root) {
  const bundle = readFileSync(BUNDLE, 'utf8');
  const certificates = bundle.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----\n/g);
  const put = (path, text) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  put('/etc/os-release', 'ID=debian\n');
  put(BUNDLE, bundle);
  put('/etc/ca-certificates.conf', certificates.map((_, at) => `mozilla/${at}.crt\n`).join(''));
  certificates.forEach((one, at) => put(`/usr/share/ca-certificates/mozilla/${at}.crt`, one));
  put('/etc/docker/daemon.json', '{ "live-restore": true, "log-opts": { "max-size": "10m" } }\n');
  for (let at = 0; at < REGISTRIES; at += 1) {
    put(`/etc/docker/certs.d/registry-${at}.example.com:5000/ca.crt`, certificates[0]);
  }
}
