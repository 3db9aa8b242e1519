import { readLoosely, readValue, shapeAt } from '../../core/dockerd/options/value.js';
import { engineOf } from '../../core/dockerd/options/keys/version.js';
import { setText } from '../../core/formats/json/json-edit.js';
import { parsePath } from '../../core/formats/json/json-path.js';
import { redactWords } from '../../core/text/redact.js';
import { changeDaemonJson } from '../../app/change/change.js';
import { defineCommand } from '../../app/context/command.js';
import { renderOutcome } from '../text/outcome-text.js';

export const command = defineCommand({
  isConfirmable: true,
  summary: 'set one value of daemon.json',
  args: [
    {
      name: 'KEY',
      describe: 'a dotted path: log-opts.max-size; quote a key that has dots: runtimes."a.b".path',
      required: true,
    },
    {
      name: 'VALUE',
      describe: 'JSON of the type of the key, else a text; several for a list',
      required: true,
      many: true,
    },
  ],
  options: {},
  examples: [
    'config set debug true',
    'config set log-opts.max-size 10m',
    'config set dns 1.1.1.1 8.8.8.8',
  ],
  run: (context, { args: [key = '', ...words] }) => {
    const path = parsePath(key);
    const { validate } = context.options;
    return changeDaemonJson(context, {
      title: ['config', 'set', ...redactWords([key, ...words])].join(' '),
      ...(path[0] !== undefined && { key: path[0] }),
      edit: (document, { version }) => {
        const engine = engineOf(version);
        const json = validate
          ? readValue(path, shapeAt(path, engine), words)
          : readLoosely(path, engine, words);
        return setText(document, path, json);
      },
    });
  },
  render: renderOutcome,
});
