import { setDefaultRuntime } from '../../core/dockerd/config/runtimes.js';
import { changeDaemonJson } from '../../app/change/change.js';
import { defineCommand } from '../../app/context/command.js';
import { renderOutcome } from '../text/outcome-text.js';

export const command = defineCommand({
  isConfirmable: true,
  summary: 'set the runtime of containers that name none',
  args: [
    {
      name: 'NAME',
      describe: 'runc, a runtime of daemon.json, or a containerd shim',
      required: true,
    },
  ],
  options: {},
  examples: ['runtime set-default nvidia'],
  run: (context, { args: [name = ''] }) =>
    changeDaemonJson(context, {
      title: `runtime set-default ${name}`,
      key: 'default-runtime',
      edit: (document) => setDefaultRuntime(document, name),
    }),
  render: renderOutcome,
});
