const GOOD = ['log-opts', 'labels', 'default-shm-size', 'insecure-registries', 'log-driver'];
const FILE = '/etc/dockerctl/dockerctl.json5';

export const AGENT_STEPS = [
  {
    name: 'the agent on',
    when: ({ look, agent }) => !agent && look.info !== null && look.config !== null,
    run: async (walk) => {
      const entries = Object.entries(walk.look.config).filter(([key]) => GOOD.includes(key));
      const policy = walk.random.pick(['report', 'repair']);
      walk.declared = Object.fromEntries(entries);
      walk.agent = true;
      const declaration = {
        config: '/etc/docker/daemon.json',
        daemon: walk.declared,
        drift: { default: policy },
      };
      await walk.machine.sh('mkdir -p /etc/dockerctl');
      await walk.machine.write(FILE, JSON.stringify(declaration));
      const { status, err } = await walk.machine.dockerctl('service', 'install');
      return {
        said: `drift ${policy}, declared ${Object.keys(walk.declared)}: exit ${status} ${status === 0 ? '' : err}`,
      };
    },
  },
  {
    name: 'the agent off',
    when: ({ agent }) => agent,
    run: async (walk) => {
      walk.agent = false;
      walk.declared = null;
      const { status } = await walk.machine.dockerctl('service', 'remove');
      await walk.machine.sh(`rm -f ${FILE}`);
      return { said: `exit ${status}` };
    },
  },
];
