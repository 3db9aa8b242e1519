import { MIRRORS } from '../../core/dockerd/options/mirrors.js';
import { remove } from '../../core/formats/json/json-edit.js';
import { changeDaemonJson } from '../change.js';
import { defineCommand } from '../command.js';
import { renderOutcome } from '../outcome-text.js';

export const command = defineCommand({
  isConfirmable: true,
  summary: 'use no registry mirrors',
  args: [],
  options: {},
  examples: ['mirrors clear'],
  run: (context) =>
    changeDaemonJson(context, {
      title: 'mirrors clear',
      key: MIRRORS.key,
      edit: (document) => remove(document, [MIRRORS.key]),
    }),
  render: renderOutcome,
});
