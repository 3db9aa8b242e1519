/** Flags and variables of the unit: `walk.said` is by key the `value` that the next start takes, and the `text` that says so. */
const FLAGS = [
  { key: 'labels', flag: '--label=flag=1', value: ['flag=1'] },
  {
    key: 'insecure-registries',
    flag: '--insecure-registry=flag.test:1',
    value: ['flag.test:1'],
  },
  {
    key: 'registry-mirrors',
    flag: '--registry-mirror=https://flag.test/',
    value: ['https://flag.test/'],
  },
  { key: 'log-driver', flag: '--log-driver=local', value: 'local' },
  { key: 'mtu', flag: '--mtu=1234', value: 1234 },
  { key: 'debug', flag: '--debug=true', value: true },
];
const VARIABLES = [
  {
    key: 'proxies',
    line: 'HTTP_PROXY=http://env.test:1',
    value: { 'http-proxy': 'http://env.test:1' },
  },
  { key: null, line: 'DOCKER_TMPDIR=/var/tmp' },
];

const isSet = ({ said }) => Object.keys(said).length > 0;
const answers = ({ look }) => look.info !== null && look.config !== null;

export const UNIT_STEPS = [
  {
    name: 'a flag in /etc/default/docker',
    kills: true,
    when: (walk) => answers(walk) && !isSet(walk),
    run: async (walk) => {
      const free = FLAGS.filter(({ key }) => !(key in walk.look.config));
      const { key, flag, value } = walk.random.pick(free.length > 0 ? free : FLAGS);
      const restarts = walk.random.chance(0.6);
      await walk.machine.sh(`
        sed -i '/^DOCKER_OPTS/d' /etc/default/docker; echo 'DOCKER_OPTS="${flag}"' >>/etc/default/docker
        ${restarts ? RESTART : ''}`);
      walk.said[key] = { value, text: flag };
      return { said: `${flag}${restarts ? ', restarted' : ''}` };
    },
  },
  {
    name: 'a variable in a drop-in',
    kills: true,
    when: (walk) => answers(walk) && !isSet(walk) && walk.engine !== '20.10',
    run: async (walk) => {
      const { key, line, value } = walk.random.pick(VARIABLES);
      const how = walk.random.pick(['', RELOAD, `${RELOAD}; ${RESTART}`]);
      await walk.machine.sh(`
        mkdir -p /etc/systemd/system/docker.service.d
        printf '[Service]\\nEnvironment="${line}"\\n' >/etc/systemd/system/docker.service.d/truth.conf; ${how}`);
      if (key !== null) walk.said[key] = { value, text: line };
      return { said: `${line}; ${how}` };
    },
  },
  {
    name: 'flags and variables taken away',
    weight: 2,
    kills: true,
    when: isSet,
    run: async (walk) => {
      const restarts = walk.random.chance(0.6);
      await walk.machine.sh(`
        sed -i '/^DOCKER_OPTS/d' /etc/default/docker; rm -f /etc/systemd/system/docker.service.d/truth.conf
        ${RELOAD}; ${restarts ? RESTART : ''}`);
      walk.said = {};
      return { said: restarts ? 'restarted' : 'not restarted' };
    },
  },
];

const RELOAD = 'systemctl daemon-reload';
const RESTART = 'systemctl reset-failed docker.service; timeout 100 systemctl restart docker';
