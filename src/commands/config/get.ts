import { get, textAt } from '../../core/json/edit.js';
import { parsePath } from '../../core/json/path.js';
import { DockerctlError } from '../../errors.js';
import { readDaemonJson } from '../daemon-json.js';
import { defineCommand } from '../command.js';

export const command = defineCommand({
  summary: 'print one value of daemon.json',
  args: [{ name: 'KEY', describe: 'a dotted path: log-opts.max-size', required: true }],
  options: {},
  examples: ['config get log-driver', 'config get log-opts.max-size'],
  run: async (context, { args: [key = ''] }) => {
    const path = parsePath(key);
    const { document, observed } = await readDaemonJson(context);
    const value = get(document, path);
    if (value !== undefined) return { key, value, text: textAt(document, path) ?? '' };
    throw new DockerctlError({
      code: 'not-found',
      message: `${observed.configPath} does not set ${key}.`,
      hint: 'dockerctl config show --effective  (what dockerd uses, and why)',
    });
  },
  /** A text without its quotes, for scripts; all else as it is written in the file. */
  render: ({ value, text }) => (typeof value === 'string' ? value : text),
});
