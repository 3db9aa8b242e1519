const names = (look, isWanted) => (look.containers ?? []).filter(isWanted).map(({ name }) => name);
const running = ({ look }) => names(look, (one) => one.running);

export const CONTAINER_STEPS = [
  {
    name: 'container started',
    weight: 2,
    when: ({ look }) => look.info !== null && look.containers.length < 4,
    run: async (walk) => {
      const name = `k${(walk.containers += 1)}`;
      const restart = walk.random.pick(['no', 'always', 'unless-stopped']);
      const network = walk.random.pick(['none', 'none', 'host', 'bridge']);
      const { status } = await walk.machine.sh(
        `docker run -d --name ${name} --restart ${restart} --network ${network} bb:1 sleep ${90000 + walk.containers}`,
      );
      return { said: `${name}, restart ${restart}, network ${network}: exit ${status}` };
    },
  },
  {
    name: 'container removed',
    weight: 2,
    when: ({ look }) => (look.containers ?? []).length > 0,
    run: async (walk) => {
      const name = walk.random.pick(names(walk.look, () => true));
      const { status } = await walk.machine.sh(`docker rm -f ${name}`);
      return { said: `${name}: exit ${status}` };
    },
  },
  {
    name: 'container stopped',
    when: (walk) => running(walk).length > 0,
    run: async (walk) => {
      const name = walk.random.pick(running(walk));
      const { status } = await walk.machine.sh(`docker stop -t 0 ${name}`);
      return { said: `${name}: exit ${status}` };
    },
  },
];
