import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const LISTS = ['mirrors list', 'insecure list', 'trust list', 'runtime list', 'cgroup show'];
const LOOKS = ['status', 'doctor', 'config show --effective', 'config diff', 'daemon status'];
const CHANGE = 'config set debug true --dry-run';
const FILE = '/etc/docker/daemon.json';
const HISTORY = '/var/lib/dockerctl/generations';
const DECLARATION = '/etc/dockerctl/dockerctl.json5';

const range = (count, make) => Array.from({ length: count }, (_, index) => make(index));

/**
 * A row each: `lie` is how the engine answers (engine.cjs), `sizes` the whole and the quick form, `prepare` makes what lies
 * on disk, and `commands` are weighed one after the other.
 */
export const CASES = [
  { name: 'nothing special', sizes: [0, 0], commands: [...LOOKS, ...LISTS] },
  {
    name: 'an engine that accepts and never answers',
    lie: 'silent',
    sizes: [0, 0],
    prepare: declareDebug,
    commands: [...LOOKS, ...LISTS, 'drift', CHANGE],
  },
  {
    name: 'an engine that drips',
    lie: 'drip',
    sizes: [0, 0],
    prepare: declareDebug,
    commands: [...LOOKS, 'drift', CHANGE],
  },
  {
    name: '/info of 7 MB, 400,000 keys',
    lie: 'keys',
    sizes: [400_000, 400_000],
    commands: ['status', 'doctor', CHANGE],
  },
  { name: '/info of 50 MB', lie: 'large', sizes: [50e6, 50e6], commands: ['status', CHANGE] },
  { name: '/info without end', lie: 'endless', sizes: [0, 0], commands: ['status', CHANGE] },
  {
    name: '/info with 100,000 registries',
    lie: 'registries',
    sizes: [100_000, 30_000],
    commands: ['status', 'mirrors list', CHANGE],
  },
  {
    name: '/info with as many registries as are read',
    lie: 'registries',
    sizes: [40_000, 40_000],
    commands: ['status', 'doctor', 'mirrors list', 'config show --effective'],
  },
  {
    name: '50,000 containers',
    lie: 'containers',
    sizes: [50_000, 5_000],
    commands: [...LOOKS, CHANGE],
  },
  {
    name: 'daemon.json of 14 MB',
    sizes: [14e6, 14e6],
    prepare: ({ size }) => writeLabels(size / 20),
    commands: [...LOOKS, ...LISTS, CHANGE, 'config validate', 'drift'],
  },
  {
    name: 'as many labels as are read',
    sizes: [29_000, 29_000],
    prepare: ({ size }) => writeLabels(size),
    commands: [...LOOKS, ...LISTS, CHANGE, 'config validate'],
  },
  {
    name: 'as many keys that dockerd does not know',
    sizes: [29_000, 5_000],
    prepare: ({ size }) => writeConfig(Object.fromEntries(range(size, (at) => [`key-${at}`, at]))),
    commands: [...LOOKS, CHANGE, 'config validate'],
  },
  {
    name: 'as many mirrors',
    sizes: [29_000, 5_000],
    prepare: ({ size }) =>
      writeConfig({ 'registry-mirrors': range(size, (at) => `https://mirror-${at}.test`) }),
    commands: [...LOOKS, ...LISTS, 'mirrors add https://x.test --dry-run'],
  },
  {
    name: '2 MB of blanks in one line',
    sizes: [2e6, 2e6],
    prepare: ({ size }) => writeFileSync(FILE, `${' '.repeat(size)}{}\n`),
    commands: [...LOOKS, CHANGE],
  },
  {
    name: '100,000 generations',
    sizes: [100_000, 3_000],
    prepare: makeGenerations,
    commands: ['config history', 'status', 'doctor', 'config set mtu 1400 --activate never'],
  },
  {
    name: '5,000 folders in certs.d',
    sizes: [5_000, 1_000],
    prepare: ({ size }) => {
      const ca = authority('Many');
      for (const registry of range(size, (at) => `r${at}.test:5000`)) {
        mkdirSync(`/etc/docker/certs.d/${registry}`, { recursive: true });
        writeFileSync(`/etc/docker/certs.d/${registry}/ca.crt`, ca);
      }
    },
    commands: ['doctor', 'status', 'trust list', 'trust list-cas'],
  },
  {
    name: '10,000 certificates',
    sizes: [10_000, 1_000],
    prepare: ({ size, dockerctl }) => {
      dockerctl(['certs', 'init']);
      writeFileSync('/run/budgets/names', range(size, (at) => `h${at}.test`).join('\n'));
      dockerctl(['certs', 'issue', '--batch', '/run/budgets/names']);
    },
    commands: ['certs check', 'doctor', 'status', 'certs list', 'certs renew --due --dry-run'],
  },
  {
    name: '1,000 declared registries',
    sizes: [1_000, 100],
    prepare: ({ size }) => {
      const ca = { ca: { pem: String(authority('Declared')) } };
      writeFolder('/etc/dockerctl');
      writeFileSync(
        DECLARATION,
        JSON.stringify({
          registries: Object.fromEntries(range(size, (at) => [`r${at}.test:5000`, ca])),
        }),
      );
    },
    commands: ['status', 'doctor', 'apply --dry-run', 'drift'],
  },
];

function writeConfig(value) {
  writeFileSync(FILE, JSON.stringify(value, null, 1));
}

function writeLabels(count) {
  writeConfig({ labels: range(count, (at) => `label-${String(at).padStart(7, '0')}=x`) });
}

function writeFolder(path) {
  mkdirSync(path, { recursive: true, mode: 0o755 });
}

function declareDebug() {
  writeFolder('/etc/dockerctl');
  writeFileSync(DECLARATION, '{ daemon: { debug: true } }');
}

/** One of ours, and so many more with its plan. */
function makeGenerations({ size, dockerctl }) {
  dockerctl(['config', 'set', 'debug', 'true', '--activate', 'never']);
  const first = `${HISTORY}/000001`;
  const manifest = JSON.parse(readFileSync(`${first}/manifest.json`, 'utf8'));
  for (let generation = 2; generation <= size; generation += 1) {
    const folder = `${HISTORY}/${String(generation).padStart(6, '0')}`;
    mkdirSync(folder);
    writeFileSync(`${folder}/manifest.json`, JSON.stringify({ ...manifest, generation }));
    linkSync(`${first}/plan.json`, `${folder}/plan.json`);
  }
}

function authority(subject) {
  const [key, cert] = ['/run/budgets/key', '/run/budgets/cert'];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  const name = ['-subj', `/CN=${subject}`, '-days', '3000'];
  const out = ['-keyout', key, '-out', cert];
  execFileSync('openssl', ['req', '-x509', ...kind, ...name, ...out], { stdio: 'ignore' });
  return readFileSync(cert);
}
