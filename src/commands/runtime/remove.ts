import { removeRuntime, runtimesOf } from '../../core/dockerd/config/runtimes.js';
import { changeDaemonJson } from '../change.js';
import { defineCommand } from '../command.js';
import { renderOutcome } from '../outcome-text.js';

export const command = defineCommand({
  isConfirmable: true,
  summary: 'remove a container runtime',
  args: [{ name: 'NAME', describe: 'a runtime of daemon.json', required: true }],
  options: {},
  examples: ['runtime remove nvidia'],
  run: (context, { args: [name = ''] }) =>
    changeDaemonJson(context, {
      title: `runtime remove ${name}`,
      key: 'runtimes',
      edit: (document) => removeRuntime(document, name),
      notes: (document) =>
        name in runtimesOf(document) ? [] : [`${name} was not a runtime of daemon.json.`],
    }),
  render: renderOutcome,
});
