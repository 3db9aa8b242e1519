import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { roundRobin } from './round-robin.mjs';

export const title =
  'config validate: a megabyte beyond a small file, and a stream of 10,000 files';

const FILES = 10_000;
/** Milliseconds beyond the small file. */
const LIMIT = 100;
const ENGINE = ['--engine', '28.5', '--unit-flags', ''];

/** A megabyte each, most of which dockerd would take. */
const LARGE = {
  labels: { labels: many(45_000, (index) => `key${index}=value-${index}`) },
  'insecure-registries': {
    'insecure-registries': many(45_000, (index) => `registry-${index}:5000`),
  },
  'options of a log': {
    'log-driver': 'syslog',
    'log-opts': Object.fromEntries(many(40_000, (at) => [`label-${at}`, `a value ${at}`])),
  },
  features: { features: Object.fromEntries(many(50_000, (at) => [`feature-${at}`, true])) },
  'address pools': {
    'default-address-pools': many(25_000, (at) => ({
      base: `10.${at >> 8}.${at & 255}.0/24`,
      size: 28,
    })),
  },
  'policies of garbage collection': {
    builder: {
      gc: {
        enabled: true,
        policy: many(16_000, (at) => ({ keepStorage: `${at}MB`, filter: [`unused-for=${at}h`] })),
      },
    },
  },
  'networks without TLS': {
    'insecure-registries': many(45_000, (at) => `10.${at >> 8}.${at & 255}.0/24`),
  },
  'runtimes, one by one': {
    runtimes: Object.fromEntries(
      many(15_000, (at) => [`r-${at}`, { path: `/usr/bin/runtime-${at}`, runtimeArgs: ['-v'] }]),
    ),
  },
  'options of networks': {
    'default-network-opts': {
      bridge: Object.fromEntries(many(28_000, (at) => [`com.docker.option-${at}`, `v${at}`])),
    },
  },
  'filters of one rule': {
    builder: { gc: { enabled: true, policy: [{ filter: many(60_000, (at) => `type-${at}=x`) }] } },
  },
  'values of the wrong type': { labels: many(150_000, (at) => at) },
  plugins: { 'authorization-plugins': many(60_000, (at) => `plugin-${at}`) },
  mirrors: { 'registry-mirrors': many(30_000, (at) => `https://mirror-${at}.example.com`) },
  'keys that nobody knows': Object.fromEntries(many(40_000, (at) => [`unknown-key-${at}`, at])),
  'entries with a scheme': {
    'insecure-registries': many(35_000, (at) => `http://registry-${at}:5000`),
  },
  'labels without a value': { labels: many(60_000, (at) => `key${at}`) },
  'mirrors that cannot answer': {
    'registry-mirrors': many(30_000, (at) => `HTTPS://mirror-${at}.example.com`),
  },
  'names inside an unknown object': {
    unknown: Object.fromEntries(many(40_000, (at) => [`unknown-name-${at}`, at])),
  },
  'names close to those of keys': Object.fromEntries(
    many(40_000, (at) => [`log-level${at % 10}x${at}`, at]),
  ),
  'runtimes by their shim': {
    runtimes: Object.fromEntries(
      many(12_000, (at) => [
        `r-${at}`,
        { runtimeType: `io.containerd.x${at}.v1`, options: { a: at } },
      ]),
    ),
  },
  'runtimes without a program': {
    runtimes: Object.fromEntries(
      many(20_000, (at) => [`r-${at}`, { runtimePath: `/usr/bin/r-${at}` }]),
    ),
  },
  'options of NRI': {
    'nri-opts': Object.fromEntries(many(40_000, (at) => [`unknown-${at}`, `v${at}`])),
  },
  'names inside gc': {
    builder: { gc: Object.fromEntries(many(40_000, (at) => [`foo-${at}`, `v${at}`])) },
  },
  'rules with an unknown name': {
    builder: { gc: { policy: many(16_000, (at) => ({ keepStorage: `${at}MB`, foo: 1 })) } },
  },
  'features close to known ones': {
    features: Object.fromEntries(many(30_000, (at) => [`containerd-snapshoter${at}`, true])),
  },
  'options close to those of a log': {
    'log-driver': 'syslog',
    'log-opts': Object.fromEntries(many(35_000, (at) => [`syslog-adress${at}`, 'x'])),
  },
  'limits of no kind': {
    'default-ulimits': Object.fromEntries(
      many(15_000, (at) => [`l${at}`, { Name: `nofile${at}`, hard_limit: at }]),
    ),
  },
  'pools without a size': {
    'default-address-pools': many(22_000, (at) => ({
      base: `10.${at >> 8}.${at & 255}.0/24`,
      prefix: 28,
    })),
  },
  'servers that are no addresses': { dns: many(80_000, (at) => `server-${at}`) },
  'options of no storage driver': { 'storage-opts': many(50_000, (at) => `overlay2.x${at}=1`) },
  'an object for a list': {
    'exec-opts': Object.fromEntries(many(40_000, (at) => [`native.x${at}`, 'y'])),
  },
  'one text': { 'data-root': `/${'x'.repeat(1e6)}` },
};

const SMALL = '{ "debug": true }\n';

export function measure({ rounds }) {
  const folder = mkdtempSync(join(tmpdir(), 'dockerctl-bench-'));
  try {
    return [...beyondStart(folder, rounds), ...stream(folder)];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function beyondStart(folder, rounds) {
  const put = (name, text) => {
    const path = join(folder, `${name}.json`);
    writeFileSync(path, text);
    return judged(validate(path));
  };
  const commands = {
    small: put('small', SMALL),
    ...Object.fromEntries(
      Object.entries(LARGE).map(([name, value]) => [name, put(name, JSON.stringify(value))]),
    ),
  };
  const results = roundRobin({ commands, baseline: [process.execPath, '-e', '0'], rounds });
  return Object.keys(LARGE).map((name) => ({
    name: `1 MB of ${name}`,
    value: results.get(name).ms - results.get('small').ms,
    unit: 'ms',
    limit: LIMIT,
  }));
}

/** An error found is an answer too. */
const judged = (argv) => ['sh', '-c', '"$@" || [ $? -eq 1 ]', 'sh', ...argv];

/** Files as machines have them, each with something to say about. */
function stream(folder) {
  const names = many(FILES, (index) => join(folder, `${index}.json`));
  names.forEach((name, index) =>
    writeFileSync(name, JSON.stringify({ debug: true, labels: [`host=${index}`], mtu: '1400' })),
  );
  const list = join(folder, 'list');
  writeFileSync(list, names.join('\n'));
  const start = process.hrtime.bigint();
  const argv = [...validate('--files-from').slice(1), list, '--stream', '--json'];
  const { stdout, stderr } = spawnSync('/usr/bin/time', ['-f', '%M', process.execPath, ...argv], {
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const lines = stdout.trimEnd().split('\n').length;
  if (lines !== FILES) throw new Error(`${lines} verdicts about ${FILES} files\n${stderr}`);
  return [
    { name: 'a stream of 10,000 files, a file', value: (seconds * 1000) / FILES, unit: 'ms' },
    {
      name: 'its most memory',
      value: Number(stderr.trim().split('\n').at(-1)) / 1024,
      unit: 'MiB',
    },
  ];
}

function validate(...args) {
  return [process.execPath, 'dist/dockerctl.cjs', 'config', 'validate', ...ENGINE, ...args];
}

function many(count, make) {
  return Array.from({ length: count }, (_, index) => make(index));
}
