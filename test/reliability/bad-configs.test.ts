import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Json } from '../../src/core/formats/json/json-object.js';
import { BAD_VALUES } from '../e2e/support/bad-configs.js';
import { dockerInfo } from '../e2e/support/daemon.js';
import { useMachine } from '../e2e/support/machine.js';
import { installClient, whileAsking } from '../e2e/support/api-gap.js';
import { chosen, tell } from './support/figures.js';

const CONFIG = '/etc/docker/daemon.json';
const GOOD = '{\r\n\t"labels": ["kept=1"]\r\n}';
const FORCE = ['--no-validate', '--activate', 'restart'];

/** These keep dockerd from leaving its containers alone: `dockerctl` refuses them while one runs. */
const SURVIVED = BAD_VALUES.filter(([key]) =>
  ['Debug', 'exec-opts', 'insecure-registries', 'log-opts', 'mtu', 'tlsverify'].includes(key),
);

describe('a bad value that is forced upon dockerd', () => {
  const machine = useMachine();

  beforeAll(() => installClient(machine));

  beforeEach(async () => {
    if ((await machine.sh(`cat ${CONFIG} || true`)) === GOOD) return;
    await machine.write(CONFIG, GOOD);
    await machine.sh('systemctl reset-failed docker docker.socket; systemctl restart docker');
  });

  const force = async (key: string, value: Json) => {
    const argv = ['config', 'set', key, JSON.stringify(value), ...FORCE];
    const { result, gap } = await whileAsking(machine, () => machine.dockerctl(...argv));
    const bytes = await machine.read(CONFIG);
    const labels = await dockerInfo(machine, '{{.Labels}}');
    // 4: rolled back; 3 where dockerd --validate said no before anything was written.
    const refused = result.status === 3 || result.status === 4;
    const good = refused && bytes === GOOD && labels === '[kept=1]';
    return { result, gap, good, seen: { ...result, bytes, labels } };
  };

  test.each(chosen(BAD_VALUES).map(spelled))(
    'is taken back, and docker is up on the old file: $key $text',
    async ({ key, value, text }) => {
      const { result, gap, good, seen } = await force(key, value);
      const milliseconds = result.status === 4 ? gap : null;
      tell({ name: 'bad config', what: `${key} ${text}`, good, milliseconds });
      expect(good ? null : seen).toBeNull();
    },
  );

  describe('with a container that nobody would start again', () => {
    const container = () =>
      machine.sh("docker inspect -f '{{.State.Running}} {{.State.Pid}} {{.State.StartedAt}}' web");

    beforeAll(() => machine.sh('docker run -d --name web --network none bb:1 sleep 100000'));

    test.each(chosen(SURVIVED).map(spelled))(
      'does not restart it: $key $text',
      async ({ key, value, text }) => {
        const before = await container();
        const { gap, good, seen } = await force(key, value);
        const same = (await container()) === before;
        const what = `${key} ${text}`;
        tell({ name: 'container', what, good: good && same, milliseconds: gap });
        expect(good && same ? null : { same, ...seen }).toBeNull();
      },
    );
  });
});

function spelled([key, value]: readonly [key: string, value: Json]) {
  return { key, value, text: JSON.stringify(value) };
}
