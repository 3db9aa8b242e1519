import { beforeAll, expect, test } from '@jest/globals';
import { dataOf } from './support/daemon.js';
import { useMachine } from './support/machine.js';

const machine = useMachine();

/** How a container that has ended was made, and how it ended. */
const MADE = `
  run() { docker run -d --network none "$@" >/dev/null; }
  run --name always-stopped --restart always bb:1 sleep 9999
  run --name failure-killed --restart on-failure bb:1 sleep 9999
  run --name unless-stopped --restart unless-stopped bb:1 sleep 9999
  run --name plain bb:1 sleep 9999
  docker stop -t 0 always-stopped unless-stopped plain
  docker kill failure-killed
  run --name unless-ended bb:1 true
  docker wait unless-ended; docker update --restart unless-stopped unless-ended
  docker create --name created --restart always --network none bb:1 sleep 9999`;

const STARTS = ['always-stopped', 'failure-killed', 'unless-ended'];

/** By when docker says that each was started last, and nothing of ours. */
const startTimes = async (): Promise<ReadonlyMap<string, string>> => {
  const lines = await machine.sh(
    `docker inspect -f '{{.Name}} {{.State.StartedAt}}' $(docker ps -aq)`,
  );
  return new Map(lines.split('\n').map((line) => line.slice(1).split(' ') as [string, string]));
};

beforeAll(async () => {
  await machine.sh('systemctl reset-failed docker docker.socket; systemctl restart docker');
  await machine.sh(MADE);
});

test('a dry run of a restart names the ended containers that dockerd will start', async () => {
  const ran = await machine.dockerctl('daemon', 'restart', '--dry-run');
  const [, named = ''] = /dockerd starts (.*) by restart policy/s.exec(ran.stdout) ?? [];
  const names = named.replace(/\s+/g, ' ').replace(/ \([a-z-]+\)/g, '');
  expect(names.split(', ').toSorted()).toEqual(STARTS);
});

test('and the restart names those that it has started', async () => {
  const before = await startTimes();
  const ran = await machine.dockerctl('daemon', 'restart', '--json');
  const after = await startTimes();
  const started = [...after].filter(([name, at]) => before.get(name) !== at).map(([name]) => name);
  expect(started.toSorted()).toEqual(STARTS);
  const { activated } = dataOf(ran) as { activated: { started: readonly string[] } };
  // One that ends at once may have ended again, or wait for its next try.
  const named = activated.started.filter((name) => name !== 'unless-ended');
  expect(named.toSorted()).toEqual(STARTS.filter((name) => name !== 'unless-ended'));
});

test('a restart that is taken back does not call dockerd as it was where it has started one', async () => {
  await machine.sh('docker stop -t 0 always-stopped');
  const ran = await machine.dockerctl(
    ...['config', 'set', 'exec-opts', '["native.cgroupdriver=foo"]'],
    ...['--no-validate', '--activate', 'restart'],
  );
  expect(ran).toMatchObject({ status: 4 });
  expect(await machine.sh('docker ps --format "{{.Names}}"')).toContain('always-stopped');
  expect(ran.stderr).not.toContain('dockerd is as it was');
  expect(ran.stderr.replace(/\s+/g, ' ')).toMatch(
    /always-stopped.* runs? now and did not before: `docker stop .*always-stopped/,
  );
});
