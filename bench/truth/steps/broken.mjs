import { answerOf } from '../views.mjs';
import { lie } from '../lie.mjs';

const FILES = [
  '{"debug": true,}',
  '{"registry-mirrors":["https://m.test"],"insecure-registries":["http://a:1",]}',
  '{"log-lvl":"info","storage-drivr":"overlay2"}',
  '{"debug":"true"}',
  'debug: true',
  '{"hosts":["unix:///run/docker.sock"]}',
  '{"storage-driver":"zfs"}',
  '',
];
const FAIL = `
  for try in 1 2 3 4 5; do timeout 60 systemctl restart docker; done
  timeout 120 bash -c 'until [[ $(systemctl show --value -p ActiveState docker) =~ failed|inactive ]]; do sleep 0.1; done'`;
const HEAL = `
  pkill -CONT -x dockerd; systemctl stop docker.socket docker.service; echo '{}' >/etc/docker/daemon.json
  sed -i '/^DOCKER_OPTS/d' /etc/default/docker; rm -rf /etc/systemd/system/docker.service.d; systemctl daemon-reload
  systemctl reset-failed; systemctl start docker.socket docker.service
  timeout 120 bash -c 'until docker version >/dev/null 2>&1; do sleep 0.1; done'`;

export const BROKEN_STEPS = [
  {
    name: 'a file that dockerd does not start with',
    kills: true,
    when: ({ look }) => look.info !== null,
    run: async ({ machine, random }) => {
      const text = random.pick(FILES);
      await machine.write('/etc/docker/daemon.json', text);
      await machine.sh(FAIL);
      return { said: text };
    },
  },
  {
    name: 'docker stopped',
    kills: true,
    when: ({ look }) => look.info !== null,
    run: async ({ machine }) => {
      await machine.sh('systemctl stop docker.socket docker.service');
      return { said: 'systemctl stop docker.socket docker.service' };
    },
  },
  {
    name: 'the command that doctor names',
    weight: 30,
    kills: true,
    when: ({ look }) => look.info === null,
    run: cure,
  },
];

async function cure(walk) {
  const { machine } = walk;
  const { data } = answerOf(await machine.dockerctl('doctor', '--json'));
  const [first] = (data?.findings ?? []).filter(({ severity }) => severity === 'error');
  const hint = first?.hint ?? 'false';
  const { out } = await machine.exec(['script', '-qec', hint, '/dev/null'], { input: 'y\ny\ny\n' });
  const { status } = await machine.sh('timeout 20 docker version');
  if (status === 0) return { said: hint };
  await machine.sh(HEAL);
  walk.said = {};
  const text = `${first?.code}: ${hint}: ${out.slice(-400)}`;
  return {
    said: hint,
    lies: [lie('circle: the command that doctor names brings nothing back', text)],
  };
}
