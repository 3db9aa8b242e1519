/** What somebody does who does not know of dockerctl. */
const systemctl = (name, verb, weight) => ({
  name: `systemctl ${verb}`,
  weight,
  kills: true,
  when: ({ look }) => name !== 'reload' || look.info !== null,
  run: async ({ machine }) => {
    const { status } = await machine.sh(
      `systemctl reset-failed docker.service 2>/dev/null; since=$(date +%s.%N); timeout 100 systemctl ${verb}; status=$?
       ${name === 'reload' ? RELOADED : ''}
       exit $status`,
    );
    return { said: `exit ${status}` };
  },
});

/** systemd only sends the signal: dockerd tells when it is through, and where it refuses the file it never does. */
const RELOADED = `
  export since
  timeout 8 bash -c 'until docker events --since $since --until $(date +%s.%N) --filter event=reload | grep -q reload; do sleep 0.1; done'`;

export const SYSTEMCTL_STEPS = [
  systemctl('reload', 'reload docker', 3),
  systemctl('restart', 'restart docker', 2),
];
