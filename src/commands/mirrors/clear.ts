import { MIRRORS } from '../../core/dockerd/options/mirrors.js';
import { remove } from '../../core/formats/json/json-edit.js';
import { changeDaemonJson } from '../../app/change/change.js';
import { defineCommand } from '../../app/context/command.js';
import { renderOutcome } from '../text/outcome-text.js';

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
