import type { Json } from '../../../formats/json/json-object.js';
import { isDuration } from '../../options/values/scalar.js';
import { inRange } from '../../options/keys/version.js';
import { checkGarbageCollection } from './builder-gc.js';
import { fieldsOf, type DecodedConfig, type RuleProblem } from './rule.js';

/** `builder`, whose members dockerd's own validation never looks at. */
export function checkBuilder(candidate: DecodedConfig): RuleProblem[] {
  return [...checkHistory(candidate), ...checkGarbageCollection(candidate)];
}

/**
 * Since 24.0 (moby daemon/config/builder.go, BuilderHistoryConfig); before, the member is unknown and ignored. The decoder
 * refuses a wrong value also where one of the same name in other letters takes its place.
 */
function checkHistory(candidate: DecodedConfig): RuleProblem[] {
  if (!inRange(candidate.engine, '24..')) return [];
  return fieldsOf(candidate.config.get('builder'), 'history').flatMap(([name, history]) => {
    const refused = (member: string, hint: string): RuleProblem => ({
      code: 'bad-builder',
      path: ['builder', name, member],
      message: `dockerd refuses this ${member} of the builder's history`,
      hint,
      stops: 'both',
    });
    return [
      ...fieldsOf(history, 'maxAge')
        .filter(([, age]) => !isAge(age))
        .map(([member]) => refused(member, 'write a duration as text, such as "48h"')),
      ...fieldsOf(history, 'maxEntries')
        .filter(([, entries]) => entries !== null && !Number.isInteger(entries))
        .map(([member]) => refused(member, 'write a whole number')),
    ];
  });
}

function isAge(age: Json): boolean {
  if (typeof age !== 'string') return age === null;
  return /^-?\d*$/.test(age) || isDuration(age);
}
