import { keyNamed, nearestKey } from '../../core/dockerd/options/keys/keys.js';
import { get, textAt } from '../../core/formats/json/json-edit.js';
import { parsePath } from '../../core/formats/json/json-path.js';
import { printable } from '../../core/text/printable.js';
import { DockerctlError } from '../../errors.js';
import { readDaemonJson } from '../../app/change/daemon-json.js';
import { defineCommand } from '../../app/context/command.js';

export const command = defineCommand({
  isVerbatim: true,
  looks: () => true,
  summary: 'print one value of daemon.json',
  args: [{ name: 'KEY', describe: 'a dotted path: log-opts.max-size', required: true }],
  options: {},
  examples: ['config get log-driver', 'config get log-opts.max-size'],
  run: async (context, { args: [key = ''] }) => {
    const path = parsePath(key);
    const { document, observed } = await readDaemonJson(context);
    const value = get(document, path);
    if (value !== undefined) return { key, value, text: textAt(document, path) ?? '' };
    throw notSet(observed.configPath, key);
  },
  /** A text without its quotes, for scripts; all else as it is written in the file. */
  render: ({ value, text }) => (typeof value === 'string' ? value : text),
});

function notSet(path: string, key: string): DockerctlError {
  const [name = ''] = parsePath(key).map(String);
  const meant = keyNamed(name) === undefined ? nearestKey(name) : undefined;
  return new DockerctlError({
    code: 'not-found',
    message: `${path} does not set ${printable(key)}${meant === undefined ? '' : `; the nearest key of dockerd is ${meant}`}.`,
    hint:
      meant === undefined
        ? '`dockerctl config show --effective` (what dockerd uses, and why)'
        : `dockerctl config get ${meant}`,
  });
}
