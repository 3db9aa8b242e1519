import { remove, textAt } from '../../core/formats/json/json-edit.js';
import { parsePath } from '../../core/formats/json/json-path.js';
import { changeDaemonJson } from '../../app/change/change.js';
import { defineCommand } from '../../app/context/command.js';
import { renderOutcome } from '../text/outcome-text.js';

export const command = defineCommand({
  isConfirmable: true,
  summary: 'take one value out of daemon.json',
  args: [{ name: 'KEY', describe: 'a dotted path: log-opts.max-size, dns[1]', required: true }],
  options: {},
  examples: ['config unset debug', 'config unset log-opts.max-size'],
  run: (context, { args: [key = ''] }) => {
    const path = parsePath(key);
    return changeDaemonJson(context, {
      title: `config unset ${key}`,
      ...(path[0] !== undefined && { key: path[0] }),
      isRemoval: path.length === 1,
      edit: (document) => remove(document, path),
      notes: (document) => (textAt(document, path) === undefined ? [`${key} was not set.`] : []),
    });
  },
  render: renderOutcome,
});
