import { setCgroupDriver, type CgroupDriver } from '../../core/dockerd/config/cgroup.js';
import { DockerctlError } from '../../errors.js';
import { changeDaemonJson } from '../../app/change/change.js';
import { defineCommand } from '../../app/context/command.js';
import { renderOutcome } from '../text/outcome-text.js';

export const command = defineCommand({
  isConfirmable: true,
  summary: 'set the cgroup driver (a restart; running containers are kept)',
  args: [{ name: 'DRIVER', describe: 'systemd or cgroupfs', required: true }],
  options: {},
  examples: ['cgroup set systemd'],
  run: (context, { args: [typed = ''] }) => {
    const driver = readDriver(typed);
    return changeDaemonJson(context, {
      title: `cgroup set ${driver}`,
      key: 'exec-opts',
      edit: (document) => setCgroupDriver(document, driver),
    });
  },
  render: renderOutcome,
});

function readDriver(typed: string): CgroupDriver {
  if (typed === 'systemd' || typed === 'cgroupfs') return typed;
  throw new DockerctlError({
    code: 'invalid-value',
    message: `"${typed}" is not a cgroup driver: dockerd knows systemd and cgroupfs.`,
    hint: 'dockerctl cgroup set systemd',
  });
}
