import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { engine } from './support/engine.js';
import { useMachine } from './support/machine.js';

const FILE = '/etc/docker/daemon.json';
const FLAGS = '/etc/default/docker';
const DROP_INS = '/etc/systemd/system/docker.service.d';
const DROP_IN = `${DROP_INS}/own.conf`;

type Json = Record<string, unknown>;
interface Row {
  readonly key: string;
  readonly value: unknown;
  readonly source: string;
  readonly pending: { readonly value: unknown; readonly remedy: string } | null;
}

/** The keys of which every view says something, and what the world has of them, asked of nobody but dockerd. */
const WORLD = `
  id=$(docker create --network none bb:1 true)
  docker info -f '{"registry-mirrors":{{json .RegistryConfig.Mirrors}},"labels":{{json .Labels}}'
  docker info -f ',"insecure-registries":[{{range $name, $one := .RegistryConfig.IndexConfigs}}{{if not $one.Secure}}{{json $name}}{{end}}{{end}}]'
  docker inspect -f ',"log-opts":{{json .HostConfig.LogConfig.Config}}}' $id; docker rm $id >/dev/null
`;
const KEYS = ['registry-mirrors', 'labels', 'insecure-registries', 'log-opts'];
/** Without the slash at the end of a mirror; lists sorted: dockerd keeps labels in a map and tells them in any order. */
function bare(value: unknown): unknown {
  const plain = JSON.parse(JSON.stringify(value).replaceAll('/"', '"')) as unknown;
  return Array.isArray(plain) ? (plain as unknown[]).map(String).sort() : plain;
}

describe('nine views of one configuration', () => {
  const machine = useMachine();
  const json = async (...argv: readonly string[]): Promise<Json> => {
    const { stdout } = await machine.dockerctl(...argv, '--json');
    return (JSON.parse(stdout) as { readonly data?: Json }).data ?? {};
  };
  const world = async () => {
    const seen = JSON.parse(await machine.sh(WORLD)) as Json;
    return {
      ...seen,
      labels: seen.labels ?? [],
      'registry-mirrors': seen['registry-mirrors'] ?? [],
    };
  };
  const file = (config: Json) => machine.write(FILE, `${JSON.stringify(config)}\n`);
  const flags = (text: string) => machine.sh(`echo 'DOCKER_OPTS="${text}"' >>${FLAGS}`);
  const restart = () =>
    machine.sh('systemctl reset-failed docker docker.socket || true; systemctl restart docker');

  beforeAll(() => machine.sh(`mkdir -p /etc/docker; cp ${FLAGS} /srv/flags`));
  afterEach(() =>
    machine.sh(
      `rm -rf ${FILE} ${DROP_INS} /etc/dockerctl; cp /srv/flags ${FLAGS}; systemctl daemon-reload; systemctl reset-failed docker docker.socket || true; systemctl restart docker`,
    ),
  );

  /** Every view, held against the world and against each other: `waiting` are the keys that the next start would change. */
  async function expectOnePicture(waiting: readonly string[], given: Given = {}): Promise<void> {
    const seen = await world();
    const { effective } = (await json('config', 'show', '--effective')) as { effective: Row[] };
    const rows = KEYS.map((key) => effective.find((row) => row.key === key));
    for (const row of rows)
      if (row !== undefined && row.source !== 'default')
        expect({ key: row.key, has: bare(row.value) }).toEqual({
          key: row.key,
          has: bare((seen as Json)[row.key]),
        });
    const of = (list: unknown) => KEYS.filter((key) => (list as readonly string[]).includes(key));
    const diff = (await json('config', 'diff')) as { differences: Row[] };
    const status = (await json('status')) as { daemon: Json; settings: { value: Row[] } };
    const { findings } = (await json('doctor')) as {
      findings: { readonly code: string; readonly subject: string }[];
    };
    const named = {
      effective: of(rows.flatMap((row) => (row?.pending ? [row.key] : []))),
      diff: of(diff.differences.map(({ key }) => key)),
      'daemon status': of((await json('daemon', 'status')).pending),
      status: of(status.daemon.pending),
      settings: of(status.settings.value.flatMap(({ key, pending }) => (pending ? [key] : []))),
      doctor: of(findings.flatMap(({ code, subject }) => (CODES.includes(code) ? [subject] : []))),
    };
    const sorted = of(waiting);
    expect(named).toEqual(Object.fromEntries(Object.keys(named).map((view) => [view, sorted])));
    for (const [list, key] of [
      ['mirrors', KEYS[0]],
      ['insecure', KEYS[2]],
    ] as const) {
      const said = (await json(list, 'list')) as { loaded: string[]; flags: { value: string }[] };
      const loaded = said.loaded.filter((one) => !/^(?:127\.|::1)/.test(one));
      expect({ list, loaded: bare(loaded) }).toEqual({
        list,
        loaded: bare((seen as Json)[key ?? '']),
      });
      const flagged = said.flags.map(({ value }) => value);
      expect({ list, flags: bare(flagged) }).toEqual({ list, flags: given[key ?? ''] ?? [] });
    }
    const adopted = await machine.dockerctl('adopt', '--dry-run', '--force');
    for (const key of Object.keys(given))
      expect(adopted.stdout).toMatch(new RegExp(`Note: .*${key}`));
    // What is declared as it is in force has drifted only where the next start takes it away.
    await machine.sh('mkdir -p /etc/dockerctl');
    const declared = { daemon: { labels: (seen as Json).labels } };
    await machine.write('/etc/dockerctl/dockerctl.json5', JSON.stringify(declared));
    const drift = await machine.dockerctl('drift');
    const isKept = !waiting.includes('labels') && !('labels' in given);
    if (isKept) expect(drift.status).toBe(0);
    if (waiting.includes('labels')) expect(drift.status).not.toBe(0);
  }

  test('by flags alone, and by flags that are gone from their file', async () => {
    await flags('--registry-mirror=https://flag.test --label f=1 --insecure-registry f.test:1');
    await restart();
    await expectOnePicture([], {
      labels: ['f=1'],
      'registry-mirrors': ['https://flag.test'],
      'insecure-registries': ['f.test:1'],
    });
    await machine.sh(`cp /srv/flags ${FLAGS}`);
    await expectOnePicture(['labels', 'registry-mirrors', 'insecure-registries']);
  });

  test('by the file alone, and by a file that nobody told it of', async () => {
    const config = {
      'registry-mirrors': ['https://file.test'],
      labels: ['x=1'],
      'insecure-registries': ['x.test:1'],
      'log-opts': { 'max-size': '7m' },
    };
    await file(config);
    await machine.dockerctl('daemon', 'restart');
    await expectOnePicture([]);
    await file({ 'log-opts': { 'max-size': '9m' }, labels: ['x=2'] });
    await expectOnePicture(KEYS);
    await machine.sh('systemctl reload docker');
    // A reload takes no key back that the file is silent about.
    await expectOnePicture(['registry-mirrors', 'insecure-registries', 'log-opts']);
  });

  test('by both, and by both for one key, with which it does not start again', async () => {
    await flags('--registry-mirror=https://flag.test --label f=1');
    await file({ 'insecure-registries': ['x.test:1'] });
    await restart();
    const given = { labels: ['f=1'], 'registry-mirrors': ['https://flag.test'] };
    await expectOnePicture([], given);
    await file({ 'insecure-registries': ['x.test:1'], labels: ['x=1'] });
    await expectOnePicture(['labels'], given);
    const imported = await machine.dockerctl('config', 'import-flags', '--yes');
    expect(imported).toMatchObject({ status: 0 });
    expect(bare((await world()).labels)).toEqual(['f=1', 'x=1']);
    await expectOnePicture([]);
  });

  test.each(['true', 'systemctl daemon-reload'])(
    'by a drop-in that waits for a start, read by systemd or not (%s)',
    async (read) => {
      const lines = [
        '[Service]',
        'ExecStart=',
        'ExecStart=/usr/sbin/dockerd -H fd:// --label f=2',
        'Environment=HTTP_PROXY=http://env.test:1',
      ];
      await machine.sh(`mkdir -p $(dirname ${DROP_IN})`);
      await machine.write(DROP_IN, `${lines.join('\n')}\n`);
      await machine.sh(read);
      await expectOnePicture(['labels'], { labels: ['f=2'] });
      const { pending } = await json('daemon', 'status');
      if (engine.docker !== '20.10') expect(pending).toEqual(['labels', 'proxies']);
      expect(await machine.dockerctl('daemon', 'restart')).toMatchObject({ status: 0 });
      await expectOnePicture([], { labels: ['f=2'] });
      expect(await machine.sh("docker info -f '{{.HTTPProxy}}'")).toBe('http://env.test:1');
    },
  );
});

/** By key, what flags say. */
type Given = Readonly<Record<string, readonly string[]>>;

const CODES = ['config-not-loaded', 'flag-and-file'];
