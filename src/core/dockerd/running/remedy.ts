import type { Json } from '../../formats/json/json-object.js';
import { decideActivation } from '../activation/activation.js';
import { effectOf } from '../options/keys/effects.js';
import type { KeySpec } from '../options/keys/key.js';
import { isIgnored } from '../options/keys/keys.js';
import { runsAlike } from './builtin.js';
import type { Remedy } from './key-state.js';
import type { Looked } from './looked.js';
import type { Speech } from './said.js';

/** What brings the second value in force where the first counts; null where they are one. */
export function remedyFor(
  key: KeySpec,
  [current, next]: readonly [Json | undefined, Json | undefined],
  { observed, kind, next: speech, ifOld }: Looked,
): Remedy | null {
  if (isSaidTwice(key, speech)) return 'one place';
  if (isIgnored(key, kind.engine) || runsAlike(key.name, [current, next], kind)) return null;
  const { need } = effectOf(key.name);
  if (need === 'restart without containers') return need;
  if (need === 'reload only') return 'reload';
  // A reload reads neither flags nor variables, and refuses a key that the process has as a flag.
  const elsewhere = [speech.flag(key), ifOld.flag(key), speech.environment(key)];
  if (key.mergeable !== true && elsewhere.some((value) => value !== undefined)) return 'restart';
  const only = (value: Json | undefined) => (value === undefined ? {} : { [key.name]: value });
  const { action } = decideActivation(only(current), only(next), observed).activation;
  return action === 'none' ? 'restart' : action;
}

/** In the file, with whatever value, and by a flag (moby daemon/config/config.go, findConfigurationConflicts). */
function isSaidTwice(key: KeySpec, next: Speech): boolean {
  const { file } = next.sayings;
  if (key.name === 'proxies' || key.mergeable === true || file === null) return false;
  return Object.hasOwn(file, key.name) && next.flag(key) !== undefined;
}
