import { cgroupDriverOf } from '../../core/dockerd/config/cgroup.js';
import { atPointer } from '../../core/plan/expectation.js';
import { readDaemonJson } from '../../app/change/daemon-json.js';
import { defineCommand } from '../../app/context/command.js';

export const command = defineCommand({
  looks: () => true,
  summary: 'show the cgroup driver: of the file, and of the running daemon',
  args: [],
  options: {},
  examples: ['cgroup show'],
  run: async (context) => {
    const { document, observed } = await readDaemonJson(context);
    return {
      path: observed.configPath,
      configured: cgroupDriverOf(document),
      loaded: observed.info && text(atPointer(observed.info, '/CgroupDriver')),
      closed: observed.forbidden,
      version: observed.info && text(atPointer(observed.info, '/CgroupVersion')),
    };
  },
  render: ({ path, configured, loaded, closed, version }, style) =>
    [
      `${path}: ${configured ?? 'not set, dockerd chooses'}`,
      loaded === null
        ? style.dim(closed ? CLOSED : 'running daemon: none answers')
        : `running daemon: ${loaded}${version === null ? '' : `, cgroup v${version}`}`,
      ...(configured !== null && loaded !== null && configured !== loaded
        ? [style.yellow('Pending: a restart of dockerd (dockerctl daemon restart)')]
        : []),
    ].join('\n'),
});

const CLOSED = 'running daemon: closed to this user (sudo dockerctl cgroup show)';

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
