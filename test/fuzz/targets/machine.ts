import {
  causeOfFailedStart,
  causeOfRefusedReload,
  lastWait,
} from '../../../src/core/dockerd/observed/cause.js';
import { compareWithRunning } from '../../../src/core/dockerd/config/pending.js';
import { effectiveConfig } from '../../../src/core/dockerd/config/effective.js';
import { parseEnvironmentFile } from '../../../src/core/dockerd/observed/environment-file.js';
import { parseFlags, flagConflicts } from '../../../src/core/dockerd/options/flags.js';
import {
  accountsIn,
  bridgeAddress,
  filesystemAt,
  localAddresses,
  onlyLocalAccounts,
} from '../../../src/core/dockerd/validate/host-files.js';
import { parseLogLine } from '../../../src/core/dockerd/observed/log-line.js';
import { engineEndpoint, listenAddresses } from '../../../src/core/dockerd/observed/paths.js';
import { parseUnitCommand, splitWords } from '../../../src/core/dockerd/observed/unit.js';
import { validateConfig } from '../../../src/core/dockerd/validate/validate.js';
import { parseVersion } from '../../../src/core/dockerd/options/keys/version.js';
import { examine } from '../../../src/core/doctor/families.js';
import { parseDocument } from '../../../src/core/formats/json/document.js';
import { planDiff } from '../../../src/core/plan/plan-text.js';
import { planRollback } from '../../../src/core/transaction/rollback.js';
import { readPlan } from '../../../src/system/history/generation.js';
import {
  canBeTakenBack,
  historyLine,
  type Generation,
} from '../../../src/core/transaction/history.js';
import type { Plan } from '../../../src/core/plan/plan.js';
import {
  decodeEntry,
  encodeEntry,
  type JournalEntry,
} from '../../../src/core/transaction/journal.js';
import {
  parseIndex,
  formatIndex,
  certificateFile,
  keyFile,
} from '../../../src/core/pki/authority/entry.js';
import { parseDeployTargets } from '../../../src/core/pki/authority/deploy-targets.js';
import { engineInfo, reloadEvents } from '../../../src/system/dockerd/engine.js';
import { runningContainers } from '../../../src/system/dockerd/engine-lists.js';
import { readHostFacts } from '../../../src/system/dockerd/host-facts.js';
import { readHistory } from '../../../src/system/history/history.js';
import { lastEntries } from '../../../src/system/systemd/journald.js';
import { readLastGood } from '../../../src/system/history/last-good.js';
import { readPause } from '../../../src/system/machine/pause.js';
import { showUnit } from '../../../src/system/systemd/unit-state.js';
import { doctorFacts } from '../../support/doctor-facts.js';
import { observedDaemon } from '../../support/observed-daemon.js';
import type { Target } from '../fuzz.js';
import { hostOfAnswer, hostOfFile } from '../hosts.js';

const seeds = (...texts: string[]): Uint8Array[] => texts.map((text) => Buffer.from(text));
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');
const ENDPOINT = { socketPath: '/run/docker.sock' };
const UNIT = { kind: 'systemd', unit: 'docker.service', socketUnit: null, user: false } as const;

const INFO = JSON.stringify({
  ID: 'a',
  ServerVersion: '26.1.5',
  RegistryConfig: {
    IndexConfigs: { 'docker.io': { Mirrors: ['https://m/'], Secure: true } },
    InsecureRegistryCIDRs: ['127.0.0.0/8'],
    Mirrors: ['https://m/'],
  },
  LiveRestoreEnabled: false,
  Labels: ['a=b'],
  Runtimes: { runc: { path: 'runc' } },
  DefaultRuntime: 'runc',
  LoggingDriver: 'json-file',
  CgroupDriver: 'systemd',
  CgroupVersion: '2',
  Plugins: { Log: ['json-file', 'local'] },
  Swarm: { LocalNodeState: 'inactive' },
  SecurityOptions: ['name=seccomp,profile=builtin'],
  Debug: false,
  DefaultAddressPools: [{ Base: '172.17.0.0/16', Size: 24 }],
  Warnings: null,
});
const FILE =
  '{"debug":true,"labels":["a=b"],"registry-mirrors":["https://m"],"insecure-registries":["a:1"],"live-restore":true,"mtu":1400}';
const CONFIG = parseDocument(Buffer.from(FILE));

async function info(bytes: Uint8Array): Promise<void> {
  const host = hostOfAnswer(textOf(bytes));
  const answer = await engineInfo({ host, endpoint: ENDPOINT });
  await runningContainers({ host, endpoint: ENDPOINT }).catch((error: unknown) => {
    if (!(error as Error).message.startsWith('GET ')) throw error;
  });
  if (answer === null || !CONFIG.ok) return;
  const image = { content: { text: FILE }, mode: 0o644, uid: 0, gid: 0 };
  const observed = observedDaemon({ info: answer, configFile: image });
  effectiveConfig(observed, CONFIG.document);
  compareWithRunning(observed, CONFIG.document);
  const facts = readHostFacts({ ...host, self: { ...host.self, root: null } }, observed);
  const [engine, argv] = [parseVersion('26.1.5') ?? ([26, 1, 5] as const), observed.argv];
  validateConfig({
    bytes: Buffer.from(FILE),
    engine,
    argv,
    host: { ...facts, kindOf: () => null },
  });
  doctored(observed, {});
}

function doctored(
  observed: ReturnType<typeof observedDaemon>,
  files: Record<string, Uint8Array>,
): void {
  examine({ ...doctorFacts({ files }), observed });
}

async function events(bytes: Uint8Array): Promise<void> {
  const host = hostOfAnswer(textOf(bytes));
  const signal = AbortSignal.abort();
  for await (const { attributes } of reloadEvents({ host, endpoint: ENDPOINT }, 0, signal))
    if (Object.values(attributes).some((value) => typeof value !== 'string'))
      throw new Error('an attribute is no string');
}

function unit(bytes: Uint8Array): void {
  const text = textOf(bytes);
  const half = text.indexOf('\n\n') + 1;
  const { words } = parseUnitCommand(text, () => text.slice(half));
  const argv = words.map(({ word }) => word);
  flagConflicts(['debug', 'hosts', ...argv], parseFlags(argv), [26, 1, 5]);
  engineEndpoint(listenAddresses(argv, text), { sockets: argv, socket: '/run/docker.sock' });
}

const ENTRY: JournalEntry = {
  generation: 7,
  state: 'applied',
  title: 'mirrors set https://m',
  commandLine: 'mirrors set https://m',
  user: 'root',
  startedAt: 1,
  bootId: 'b',
  targets: [
    {
      path: '/etc/docker/daemon.json',
      real: '/etc/docker/daemon.json',
      before: null,
      after: { sha256: 'a', mode: 420, uid: 0, gid: 0 },
      inPlace: false,
      passing: [],
    },
  ],
  folders: [],
  prune: [],
  refresh: [],
  activation: { action: 'reload', reasons: [] },
  config: null,
  undo: { action: 'none' } as never,
  wasRunning: true,
  deadline: null,
  result: {
    status: 'applied',
    endedAt: 2,
    activated: null,
    error: null,
    pending: [],
    refusedBy: null,
    kept: [],
  },
};

const PLAN: Plan = {
  title: 'mirrors set https://m',
  changes: [
    {
      path: '/etc/docker/daemon.json',
      before: null,
      after: { content: { text: '{}\n' }, mode: 420, uid: 0, gid: 0 },
    },
    {
      path: '/etc/docker/certs.d/a/client.key',
      before: { content: { secret: 'ab', size: 3 }, mode: 384, uid: 0, gid: 0 },
      after: null,
    },
  ],
  prune: [],
  refresh: [{ argv: ['update-ca-certificates'], reason: 'a' }],
  activation: { action: 'reload', reasons: ['a'] },
  expect: [{ kind: 'registry', registry: 'a' }],
  notes: ['a'],
};

/** The manifest or the plan of a generation that a disk or somebody damaged. */
function history(bytes: Uint8Array): void {
  const there = (path: string) => /manifest\.json$|plan\.json$|generations$/.test(path);
  const host = hostOfFile(bytes, there);
  const fs = { ...host.fs, list: () => ['000007', 'x', '000008'] };
  const broken = { ...host, fs };
  for (const generation of readHistory(broken)) {
    historyLine(generation);
    canBeTakenBack(generation);
  }
  const plan = readPlan(broken, 7);
  if (plan === null) return;
  planDiff(plan);
  const past = [{ generation: ENTRY as Generation, plan }];
  planRollback('undo', past, { images: new Map(), observed: observedDaemon() });
}

function store(bytes: Uint8Array): void {
  const text = textOf(bytes);
  parseDeployTargets(text);
  const entries = parseIndex(text) ?? [];
  formatIndex(entries);
  for (const entry of entries) keyFile({ ...entry, name: certificateFile(entry) });
}

const JSON_WORDS = ['{', '}', '[', ']', '"', ',', ':', 'null', '0', '"Id"', '"State"', '"Actor"'];

export const MACHINE_TARGETS: readonly Target[] = [
  {
    name: 'engine /info',
    seeds: seeds(
      INFO,
      '[]',
      '[{"Id":"0123456789ab","Names":["/a"]}]',
      '{"State":{"Running":true,"Pid":1},"Id":"a","Name":"/x"}',
    ),
    words: [...JSON_WORDS, ...Object.keys(JSON.parse(INFO) as object).map((key) => `"${key}"`)],
    read: info,
  },
  {
    name: 'engine /events',
    seeds: seeds(
      '{"Type":"daemon","Action":"reload","Actor":{"ID":"a","Attributes":{"debug":"false","name":"h"}}}\n',
    ),
    words: [...JSON_WORDS, '\n'],
    read: events,
  },
  {
    name: 'unit file',
    seeds: seeds(
      '# /lib/systemd/system/docker.service\n[Service]\nEnvironmentFile=-/etc/default/docker\nEnvironment="A=b c" D=e\nExecStart=/usr/bin/dockerd -H fd:// $DOCKER_OPTS ${A} \\\n  --containerd=/run/c.sock\n\n# /etc/systemd/system/docker.service.d/a.conf\n[Service]\nExecStart=\nExecStart=-/usr/bin/dockerd --mtu=1400 "x y" %% $$\n',
    ),
    words: [
      'ExecStart=',
      'Environment=',
      'EnvironmentFile=',
      '$A',
      '${A}',
      '"',
      "'",
      '\\',
      '\\\n',
      '%%',
      '# /',
    ],
    read: unit,
  },
  {
    name: 'environment file',
    seeds: seeds(
      '# note\nexport DOCKER_OPTS="--dns 8.8.8.8 -H tcp://0.0.0.0:1" # x\nA=\'b\'\nC=d\\\ne\n',
    ),
    words: ['=', '"', "'", '\\', '\\\n', '#', 'export ', '$'],
    read: (bytes) => {
      for (const value of parseEnvironmentFile(textOf(bytes)).values())
        parseFlags(splitWords(value));
    },
  },
  {
    name: 'systemctl show',
    seeds: seeds(
      'LoadState=loaded\nActiveState=active\nSubState=running\nResult=success\nMainPID=12\nNRestarts=0\nInvocationID=ab\nKillMode=process\nJob=\n',
    ),
    words: ['=', '\n', 'LoadState=loaded', 'MainPID='],
    read: (bytes) => showUnit(hostOfAnswer(textOf(bytes)), UNIT),
  },
  {
    name: 'journal',
    seeds: seeds(
      '{"MESSAGE":"time=\\"2026\\" level=error msg=\\"a \\\\\\"b\\\\\\"\\" error=\\"x\\"","_SYSTEMD_INVOCATION_ID":"ab","__REALTIME_TIMESTAMP":"1"}\n{"MESSAGE":[104,105,255]}\n',
      '{"MESSAGE":"{\\"level\\":\\"fatal\\",\\"msg\\":\\"x\\"}"}\n{"MESSAGE":"failed to start daemon: x"}\n{"MESSAGE":"Got signal to reload"}\n',
    ),
    words: ['"MESSAGE":', 'level=', 'msg="', 'time=', '\\"', '\n{', '[1,2,', ' error='],
    read: async (bytes) => {
      const entries = await lastEntries(hostOfAnswer(textOf(bytes)), UNIT, 10);
      const lines = [...entries.map(({ message }) => message), ...textOf(bytes).split('\n')];
      lines.map(parseLogLine);
      causeOfFailedStart(lines);
      causeOfRefusedReload(lines);
      lastWait(lines);
    },
  },
  {
    name: 'host files',
    seeds: seeds(
      'root:x:0:0:root:/root:/bin/sh\ndocker:x:999:\n',
      'passwd: files systemd\ngroup: files\n',
      'Main:\n  +-- 0.0.0.0/0 3 0 5\n     |-- 127.0.0.1\n        /32 host LOCAL\n     |-- 172.17.0.1\n        /32 host LOCAL\n',
      'Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT\ndocker0\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0\n',
      '22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n23 22 0:5 / /var/lib/docker\\040x rw - xfs /dev/b rw\n',
    ),
    words: [':', '\t', ' - ', '\\040', '/32 host LOCAL', '|-- ', 'docker0'],
    read: (bytes) => {
      const text = textOf(bytes);
      accountsIn(text);
      onlyLocalAccounts(text);
      bridgeAddress(text, localAddresses(text));
      filesystemAt(text, '/var/lib/docker/x');
    },
  },
  {
    name: 'client config.json',
    seeds: seeds('{"auths":{"a:5000":{"auth":"YTpi"},"b":{}},"credsStore":"pass"}'),
    words: JSON_WORDS,
    secret: true,
    read: (bytes) => {
      doctored(observedDaemon(), { '/root/.docker/config.json': bytes });
    },
  },
  {
    name: 'own journal',
    seeds: seeds(encodeEntry(ENTRY)),
    words: JSON_WORDS,
    read: (bytes) => decodeEntry(textOf(bytes)),
  },
  {
    name: 'own history',
    seeds: seeds(JSON.stringify(ENTRY), JSON.stringify(PLAN)),
    words: JSON_WORDS,
    read: history,
  },
  {
    name: 'own store',
    seeds: seeds(
      '[\n{"name":"a","place":"current","serial":"4f","names":["dns:a"],"usages":["server"],"keyType":"ecdsa-p256","notBefore":1,"notAfter":2,"fingerprint":"ab"}\n]\n',
      '{"a":[{"kind":"harbor","path":"/srv/harbor"}]}',
    ),
    words: JSON_WORDS,
    read: store,
  },
  {
    name: 'own memory',
    seeds: seeds(
      '{"reason":"a","by":"b","until":99999999999999}',
      '{"path":"/etc/docker/daemon.json","text":"{}"}',
    ),
    words: JSON_WORDS,
    read: (bytes) => {
      const host = hostOfFile(bytes);
      readPause(host);
      readLastGood(host);
    },
  },
];
