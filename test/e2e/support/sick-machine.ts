import { expect } from '@jest/globals';
import type { Machine, Ran } from './machine.js';
import { makeAuthority, startRegistry } from './registry.js';
import type { Defect } from './defects/defect.js';

/** Folders and files that a defect or its fix may touch, besides /etc. */
const KEPT =
  '/root /usr/local/share/ca-certificates /var/lib/dockerctl /var/lib/kubelet /run/dockerctl';

/** A certificate that ended long ago, of a key, signed by a CA (or itself). */
const EXPIRED = `#!/bin/bash
set -euo pipefail
key=$(realpath "$1") ca=$(realpath "$2") cakey=$(realpath "$3") subject=$4 folder=$(mktemp -d)
cd "$folder"; touch index; echo 1000 >serial
cat >ca.cnf <<'CNF'
[ca]
default_ca=own
[own]
database=index
serial=serial
new_certs_dir=.
default_md=sha256
policy=any
x509_extensions=ext
[any]
commonName=supplied
[ext]
basicConstraints=critical,CA:\${ENV::CA}
[req]
distinguished_name=dn
[dn]
CNF
export CA=\${5:-FALSE}
openssl req -new -key "$key" -subj "$subject" -config ca.cnf -out csr 2>/dev/null
if [[ $CA == TRUE ]]; then sign=(-selfsign -keyfile "$key"); else sign=(-cert "$ca" -keyfile "$cakey"); fi
openssl ca -batch -config ca.cnf "\${sign[@]}" -in csr -out crt -notext -startdate 20200101000000Z -enddate 20210101000000Z >/dev/null 2>&1
cat crt
`;

/** What every seed finds: authorities in /srv/lab and /srv/other, registries on 5443 (https) and 5000 (http), `expired`. */
export async function prepare(machine: Machine): Promise<void> {
  await machine.write('/usr/local/bin/expired', EXPIRED, '0755');
  const lab = await makeAuthority(machine, 'lab');
  await makeAuthority(machine, 'other');
  const tls = await lab.issue('registry.test', 'mirror.test');
  await lab.issue('client');
  await machine.sh(`
    cd /srv/lab
    openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout server.key -subj /CN=registry.test -out server.csr 2>&1
    openssl x509 -req -in server.csr -CA ca.crt -CAkey ca.key -days 30 -out server.crt \\
      -extfile <(printf 'basicConstraints=CA:FALSE\\nextendedKeyUsage=serverAuth\\nsubjectAltName=DNS:registry.test') 2>&1
    cp client.key expired-client.key
    expired expired-client.key ca.crt ca.key /CN=client >expired-client.crt
    expired ca.key ca.crt ca.key /CN=lab TRUE >expired.crt
  `);
  await machine.sh(`cat ${tls.cert} ${lab.ca} >/srv/lab/chain.crt`);
  await startRegistry(machine, { port: 5443, tls: { ...tls, cert: '/srv/lab/chain.crt' } });
  await startRegistry(machine, { port: 5000 });
  await machine.sh(`
    mkdir -p ${KEPT} /srv/healthy; cp -a /etc /srv/healthy/
    for path in ${KEPT}; do mkdir -p /srv/healthy$path; cp -a $path/. /srv/healthy$path/; done
  `);
}

/** Everything as after `prepare`, whatever the defect before left behind. */
export async function heal(machine: Machine): Promise<void> {
  await machine.sh(`
    systemctl stop dockerctl.service 'dockerctl-*' 2>/dev/null || true
    for path in ${KEPT}; do find $path -mindepth 1 -delete; cp -a /srv/healthy$path/. $path/; done
    rm -rf /etc/docker /etc/systemd /etc/dockerctl /etc/containerd /etc/default /etc/ssl
    cp -a /srv/healthy/etc/{docker,systemd,containerd,default,ssl} /etc/
    systemctl daemon-reload
    systemctl reset-failed
    systemctl start containerd
    systemctl restart docker.socket docker
    if mountpoint -q /mnt/small; then umount -l /mnt/small; fi
    timeout 240 bash -c 'until docker version >/dev/null 2>&1; do sleep 0.1; done'
  `);
}

export interface Found {
  readonly code: string;
  readonly severity: string;
  readonly hint: string;
  readonly fixable: boolean;
}

/** What doctor says; its status must fit. */
export async function diagnose(
  machine: Machine,
  { deep }: { readonly deep?: boolean } = {},
): Promise<Found[]> {
  const ran = await machine.dockerctl('doctor', '--json', ...(deep === true ? ['--deep'] : []));
  const { findings } = (parsed(ran) as { data: { findings: Found[] } }).data;
  expect(ran.status).toBe(findings.some(({ severity }) => severity !== 'info') ? 1 : 0);
  return findings;
}

function parsed({ stdout, stderr }: Ran): unknown {
  try {
    return JSON.parse(stdout);
  } catch {
    throw new Error(`no JSON: ${stdout}${stderr}`);
  }
}

/** Types the command on a terminal, and yes to what it asks. */
export function type(machine: Machine, command: string): Promise<Ran> {
  return machine.exec(['script', '-qec', command, '/dev/null'], {
    input: 'y\n'.repeat(3),
    env: { TERM: 'dumb', NO_COLOR: '1' },
  });
}

/** Seeds the defect, and asks that it is found, that the command of its hint fixes it, and that nothing else breaks. */
export async function expectFixed(machine: Machine, defect: Defect): Promise<void> {
  await machine.sh(defect.seed);
  const before = await diagnose(machine, defect);
  const finding = before.find(({ code }) => code === defect.code);
  expect({ wanted: defect.code, found: before.map(({ code }) => code) }).toEqual({
    wanted: defect.code,
    found: expect.arrayContaining([defect.code]),
  });
  const hint = finding?.hint ?? '';
  const ran = await type(machine, hint);
  const { status, stdout } = ran;
  expect({ hint, status, said: status === 0 ? '' : stdout }).toEqual({ hint, status: 0, said: '' });
  const after = await diagnose(machine, defect);
  const known = before.map(({ code }) => code);
  const wrong = after.filter(
    ({ code, severity }) => code === defect.code || (severity === 'error' && !known.includes(code)),
  );
  expect({ hint, wrong }).toEqual({ hint, wrong: [] });
}
