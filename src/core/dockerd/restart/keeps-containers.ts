import { get } from '../../formats/json/json-edit.js';
import { parseDocument } from '../../formats/json/document.js';
import type { ObservedDaemon } from '../observed/observed.js';
import { goBoolean } from '../options/config-set.js';
import { parseFlags } from '../options/flags.js';

/** Whether the next start, with this daemon.json, has live-restore on: by its flags, else by the file; null is no file. */
export function keepsContainers(
  { startWords }: Pick<ObservedDaemon, 'startWords'>,
  config: Uint8Array | null,
): boolean {
  const flag = parseFlags(startWords.map(({ word }) => word)).flags.get('live-restore');
  if (flag !== undefined) return goBoolean(flag.values.at(-1)) === true;
  const parsed = parseDocument(config);
  return parsed.ok && get(parsed.document, ['live-restore']) === true;
}
