import { parseDocument } from '../../formats/json/document.js';
import { set } from '../../formats/json/json-edit.js';
import type { FileImage } from '../../plan/plan.js';
import type { ObservedDaemon } from '../observed/observed.js';
import { configIn, keysToClear } from './edit.js';
import { bytesIn } from './file.js';

/**
 * The text with which a reload takes back what a reload of `after` brought: the old daemon.json with the empty value of
 * each key that only the new one names, since dockerd keeps the value of a key that its file is silent about (moby
 * daemon/reload.go, IsValueSet). null where the old text does it, or is no strict JSON.
 */
export function resetText(
  { before, after }: { readonly before: FileImage | null; readonly after: FileImage | null },
  observed: ObservedDaemon,
): string | null {
  const old = parseDocument(bytesIn(before));
  if (!old.ok) return null;
  const cleared = keysToClear(configIn(after), configIn(before), observed);
  if (cleared.length === 0) return null;
  return cleared.reduce((text, { name, value }) => set(text, [name], value), old.document).text;
}
