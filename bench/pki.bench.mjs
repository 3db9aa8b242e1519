import { execFileSync, spawnSync } from 'node:child_process';
import { createECDH, createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onOwnDisk } from './own-disk.mjs';
import { roundRobin } from './round-robin.mjs';

export const title = `An authority and a server certificate: dockerctl beside what people type today
  ours: one process, which fsyncs keys, certificates, index and folders (the thousand: all at once)
  openssl: five processes for the pair, three more for each of a loop; mkcert: one; neither syncs anything
  all on one ext4 with a journal, made for this`;

const DOCKERCTL = `"${process.execPath}" "${resolve('dist/dockerctl.cjs')}"`;
const NAMES = 'registry.example.com';

/** A shell script in a folder of its own, which is gone afterwards. */
const script = (text) => [
  'sh',
  '-c',
  `set -e; d=$(mktemp -d); trap 'rm -rf "$d"' EXIT; cd "$d"; ${text}`,
];

const OURS = script(`${DOCKERCTL} certs issue --init --pki "$d/pki" --domain ${NAMES}`);

/** The commands of https://goharbor.io/docs/2.14.0/install-config/configure-https/, with the key that `make` writes. */
const harborGuide = (make) =>
  script(`
    ${make} -out ca.key
    openssl req -x509 -new -nodes -sha512 -days 3650 -subj /O=example/CN=example-ca -key ca.key -out ca.crt
    ${make} -out server.key
    openssl req -sha512 -new -subj /O=example/CN=${NAMES} -key server.key -out server.csr
    printf 'authorityKeyIdentifier=keyid,issuer\nbasicConstraints=CA:FALSE\nkeyUsage=digitalSignature\nextendedKeyUsage=serverAuth\nsubjectAltName=DNS:${NAMES}\n' >v3.ext
    openssl x509 -req -sha512 -days 3650 -extfile v3.ext -CA ca.crt -CAkey ca.key -CAcreateserial -in server.csr -out server.crt
  `);

const RSA = 'openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:4096';
const P256 = 'openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256';
const MKCERT = script(`CAROOT="$d/root" TRUST_STORES=none mkcert -ecdsa ${NAMES}`);

const BATCH = 1000;
const LOOP = 20;

export async function measure({ rounds }) {
  requireTool('mkcert', '-version');
  requireTool('openssl', 'version');
  return onOwnDisk(() => [
    beside('the Harbor guide (RSA-4096)', {
      other: harborGuide(RSA),
      limit: 0.1,
      rounds: Math.min(rounds, 7),
    }),
    beside('the same openssl commands at P-256', { other: harborGuide(P256), limit: 1.5, rounds }),
    beside('mkcert -ecdsa', { other: MKCERT, limit: 8, rounds }),
    ...batch(Math.min(rounds, 5)),
    { name: 'peak memory of one certificate', value: peakMegabytes(OURS), unit: 'MB', limit: 60 },
  ]);
}

function beside(name, { other, limit, rounds }) {
  const value = roundRobin({ commands: { ours: OURS }, baseline: other, rounds }).get('ours').ratio;
  return { name: `CA + certificate / ${name}`, value, unit: 'x', limit };
}

/** One process for a thousand certificates, beside an openssl process for each step of each. */
function batch(rounds) {
  const folder = mkdtempSync(join(tmpdir(), 'dockerctl-bench-'));
  try {
    const lines = Array.from({ length: 11 * BATCH }, (_, i) => `n${i}.example.com`);
    const names = (count) => {
      const path = join(folder, `${count}`);
      writeFileSync(path, lines.slice(0, count).join('\n'));
      return path;
    };
    const issue = (count, more = '') =>
      script(`${DOCKERCTL} certs issue --init --pki "$d/pki" --batch "${names(count)}" ${more}`);
    const loop = harborGuide(P256);
    loop[2] = loop[2].replace(
      'openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out server.key',
      `for i in $(seq ${LOOP}); do\n$&`,
    );
    loop[2] = loop[2].replace(/-out server\.crt/, '-out server.crt\ndone');
    const { ratio } = roundRobin({ commands: { ours: issue(BATCH) }, baseline: loop, rounds }).get(
      'ours',
    );
    return [
      {
        name: 'one of an openssl loop / one of a thousand',
        value: BATCH / (ratio * LOOP),
        unit: 'x',
        least: 60,
      },
      {
        name: 'raw keygen + sign / a certificate of 10,000',
        value: rawShare(folder, names),
        unit: 'x',
        least: 0.55,
      },
      {
        name: 'peak memory of a thousand',
        value: peakMegabytes(issue(BATCH)),
        unit: 'MB',
        limit: 100,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What keys and signatures alone would take, as a share of what 10,000 certificates more take in memory. CPU time on both sides. */
function rawShare(folder, names) {
  const pki = join(folder, 'pki');
  shell(`${DOCKERCTL} certs init --pki "${pki}"`);
  const cpu = (count) =>
    userSeconds(`${DOCKERCTL} certs issue --dry-run --pki "${pki}" --batch "${names(count)}"`);
  const shares = Array.from({ length: 3 }, () => {
    const each = (cpu(11 * BATCH) - cpu(BATCH)) / (10 * BATCH);
    return rawSeconds(10 * BATCH) / each;
  });
  return shares.sort((a, b) => a - b)[1];
}

function rawSeconds(count) {
  const { privateKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const key = createPrivateKey(privateKey);
  const body = Buffer.alloc(400, 7);
  const start = process.cpuUsage();
  for (let i = 0; i < count; i += 1) {
    createECDH('prime256v1').generateKeys();
    sign('sha256', body, key);
  }
  return process.cpuUsage(start).user / 1e6 / count;
}

const shell = (text) => execFileSync('sh', ['-c', text], { stdio: ['ignore', 'ignore', 'pipe'] });

/** bash's own clock of its children, in seconds. */
function userSeconds(text) {
  const { stderr } = spawnSync('bash', ['-c', `TIMEFORMAT=%U; time ${text} >/dev/null 2>&1`], {
    encoding: 'utf8',
  });
  return Number(stderr.trim());
}

/** The kernel's high-water mark of the largest process that the command ran. */
function peakMegabytes(argv) {
  const python =
    'import json, resource, subprocess, sys; subprocess.run(json.loads(sys.argv[1]), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)';
  return (
    Number(execFileSync('python3', ['-c', python, JSON.stringify(argv)], { encoding: 'utf8' })) /
    1024
  );
}

function requireTool(name, argument) {
  if (spawnSync(name, [argument], { stdio: 'ignore' }).error === undefined) return;
  throw new Error(`${name} is missing. Try: apt-get install ${name}`);
}
