import { MIRRORS } from '../../core/dockerd/options/mirrors.js';
import { remove } from '../../core/formats/json/json-edit.js';
import { changeDaemonJson } from '../../app/change/change.js';
import { defineCommand } from '../../app/context/command.js';
import { setMirrorsFor } from '../../app/trust/mirrors-for.js';
import { renderOutcome } from '../text/outcome-text.js';
import { FOR, refuseWithoutFor } from './mirror-list.js';

export const command = defineCommand({
  isConfirmable: true,
  summary: 'use no registry mirrors',
  args: [],
  options: { for: FOR.for, to: FOR.to },
  examples: ['mirrors clear', 'mirrors clear --for ghcr.io'],
  run: (context, { options }) => {
    const { for: registry, to } = options;
    refuseWithoutFor({ ...options, ca: undefined });
    if (registry !== undefined)
      return setMirrorsFor(context, { registry, urls: [], ca: undefined, to });
    return changeDaemonJson(context, {
      title: 'mirrors clear',
      key: MIRRORS.key,
      edit: (document) => remove(document, [MIRRORS.key]),
    });
  },
  render: renderOutcome,
});
