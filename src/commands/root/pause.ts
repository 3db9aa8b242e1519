import type { Pause } from '../../core/agent/state.js';
import { parseDuration } from '../../core/text/duration.js';
import { writePause } from '../../system/machine/pause.js';
import { defineCommand } from '../../app/context/command.js';
import { refuseRootsAgent } from '../service/service-files.js';
import { localTime } from '../text/local-time.js';

interface PauseData extends Pause {
  readonly dryRun: boolean;
}

export const command = defineCommand({
  summary: 'let the agent report only, until `dockerctl resume` or for a time',
  args: [],
  options: {
    reason: {
      type: 'string',
      describe: 'why, for those who wonder',
      required: true,
      placeholder: 'TEXT',
    },
    for: { type: 'string', describe: 'how long: 30m, 2h, 1d', placeholder: 'DURATION' },
  },
  examples: ['pause --reason "moving the registry" --for 2h'],
  run: ({ host, options: { dryRun }, commandLine }, { options }): Promise<PauseData> => {
    refuseRootsAgent(host, commandLine);
    const until = options.for === undefined ? null : host.clock.now() + parseDuration(options.for);
    const pause: Pause = { reason: options.reason, by: host.self.user, until };
    if (!dryRun) writePause(host, pause);
    return Promise.resolve({ ...pause, dryRun });
  },
  render: ({ until, dryRun }) => {
    const end = until === null ? '' : `${localTime(until)} or `;
    return `${dryRun ? 'Would pause' : 'Paused'} until ${end}\`dockerctl resume\`.`;
  },
});
