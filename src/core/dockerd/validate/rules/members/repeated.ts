import { isObject, type Json } from '../../../../formats/json/json-object.js';
import { fieldNamed, isMadeAnew, memberShape } from '../../../config/decode.js';
import type { Shape } from '../../../options/keys/key.js';
import { keyNamed } from '../../../options/keys/keys.js';
import { ENOUGH, quote, type DecodedConfig, type RuleProblem } from '../rule.js';

/** Two spellings of one member: `base` and `Base` fill the same field, which a reader of the file does not see. */
export function checkRepeated({ members, config, engine }: DecodedConfig): RuleProblem[] {
  const found: RuleProblem[] = [];
  for (const [name, value] of members)
    // What the decoder left as it is has each name once, as its field has it.
    if (config.get(name) !== value)
      visit(value, { shape: keyNamed(name)?.shape, path: [name], found, engine });
  return found;
}

interface Visit {
  readonly shape: Shape | undefined;
  readonly path: RuleProblem['path'];
  readonly found: RuleProblem[];
  readonly engine: DecodedConfig['engine'];
}

function visit(value: Json, { shape, path, found, engine }: Visit): void {
  if (found.length >= ENOUGH || !holdsFields(shape)) return;
  if (Array.isArray(value) && 'list' in shape) {
    (value as readonly Json[]).forEach((item, index) => {
      visit(item, { shape: shape.list, path: [...path, index], found, engine });
    });
    return;
  }
  if (!isObject(value) || 'list' in shape) return;
  if ('fields' in shape) judge(value, { fields: shape.fields, path, found, engine });
  for (const name in value)
    visit(value[name] ?? null, {
      shape: memberShape(shape, name),
      path: [...path, name],
      found,
      engine,
    });
}

/** Nothing inside texts and lists of them has names. */
function holdsFields(shape: Shape | undefined): shape is Exclude<Shape, string> {
  if (typeof shape !== 'object') return false;
  if ('fields' in shape) return true;
  return holdsFields('list' in shape ? shape.list : shape.map);
}

function judge(
  members: Readonly<Record<string, Json>>,
  of: { readonly fields: Readonly<Record<string, Shape>> } & Omit<Visit, 'shape'>,
): void {
  const seen = new Map<string, string>();
  for (const name in members) {
    const field = fieldNamed(of.fields, name);
    if (field === undefined) continue;
    const before = seen.get(field);
    seen.set(field, name);
    if (before === undefined || of.found.length >= ENOUGH) continue;
    const isMerged =
      isObject(members[name]) &&
      isObject(members[before]) &&
      !isMadeAnew(of.fields[field], of.engine);
    of.found.push({
      code: 'duplicate-key',
      path: [...of.path, name],
      message: `${quote(before)} and ${quote(name)} are one member to dockerd, which does not look at case: ${isMerged ? 'it joins the two' : 'the last one counts'}`,
      hint: `keep one of them, as ${quote(field)}`,
    });
  }
}
