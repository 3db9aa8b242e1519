import { nearest } from '../../../text/suggest.js';
import type { Json } from '../../../formats/json/json-object.js';
import { isDuration } from '../../options/values/scalar.js';
import { inRange } from '../../options/keys/version.js';
import { checkGarbageCollection } from './builder-gc.js';
import {
  ENOUGH,
  fieldsOf,
  membersOf,
  objectOf,
  quote,
  type DecodedConfig,
  type RuleProblem,
} from './rule.js';

/** Feature names that some engine reads (grep of Features[ over the release tags). */
const FEATURES: readonly string[] = [
  'buildkit',
  'cdi',
  'containerd-migration',
  'containerd-snapshotter',
  'embedded-containerd',
  'swarm-nftables',
  'time-namespaces',
  'windows-dns-proxy',
];

/** `builder` and `features`, whose members dockerd's own validation never looks at. */
export function checkBuilder(candidate: DecodedConfig): RuleProblem[] {
  return [
    ...checkFeatures(candidate),
    ...checkMembers(candidate),
    ...checkHistory(candidate),
    ...checkGarbageCollection(candidate),
  ];
}

function checkFeatures(candidate: DecodedConfig): RuleProblem[] {
  const names = Object.keys(objectOf(candidate, 'features'));
  const found = names
    .filter((name) => !FEATURES.includes(name))
    .slice(0, ENOUGH)
    .map((name): RuleProblem => {
      const meant = nearest(name, FEATURES);
      return {
        code: 'unknown-feature',
        path: ['features', name],
        message: `dockerd knows no feature ${quote(name)} and ignores it`,
        hint: meant === undefined ? 'remove it' : `write ${meant}`,
      };
    });
  if (names.includes('windows-dns-proxy') && inRange(candidate.engine, '26.1..27'))
    found.push({
      code: 'bad-value',
      path: ['features', 'windows-dns-proxy'],
      message: 'windows-dns-proxy is for Windows only',
      hint: 'remove it',
      stops: 'both',
    });
  return found;
}

const BUILDER_MEMBERS = ['gc', 'entitlements', 'history'];

function checkMembers(candidate: DecodedConfig): RuleProblem[] {
  return membersOf(candidate, 'builder')
    .filter(([name]) => !BUILDER_MEMBERS.includes(name.toLowerCase()))
    .map(([name]): RuleProblem => ({
      code: 'unknown-member',
      path: ['builder', name],
      message: `dockerd ignores ${quote(name)} inside builder`,
      hint: 'put it into "gc", or remove it',
    }));
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
