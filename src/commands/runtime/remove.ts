import { removeRuntime, runtimesOf } from '../../core/dockerd/config/runtimes.js';
import { changeDaemonJson } from '../../app/change/change.js';
import { defineCommand } from '../../app/context/command.js';
import { renderOutcome } from '../text/outcome-text.js';

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
