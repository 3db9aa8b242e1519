/** What somebody does who does not know of dockerctl. */
const systemctl = (name, verb, weight) => ({
  name: `systemctl ${verb}`,
  weight,
  kills: true,
  when: ({ look }) => name !== 'reload' || look.info !== null,
  run: async ({ machine }) => {
    const { status } = await machine.sh(
      `systemctl reset-failed docker.service 2>/dev/null; timeout 100 systemctl ${verb}`,
    );
    return { said: `exit ${status}` };
  },
});

export const SYSTEMCTL_STEPS = [
  systemctl('reload', 'reload docker', 3),
  systemctl('restart', 'restart docker', 2),
];
