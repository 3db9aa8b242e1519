import type { Json } from '../../plan.js';
import { stringsOf } from '../meaning.js';
import { isDuration } from '../values/scalar.js';
import { isSize } from '../values/size.js';
import { inRange, type EngineVersion } from '../version.js';
import {
  ENOUGH,
  entriesOf,
  fieldOf,
  fieldsOf,
  membersOf,
  quote,
  type Candidate,
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
export function checkBuilder(candidate: Candidate): RuleProblem[] {
  return [
    ...checkFeatures(candidate),
    ...checkMembers(candidate),
    ...checkHistory(candidate),
    ...checkBareFilters(candidate),
    ...checkGc(candidate),
  ];
}

function checkFeatures(candidate: Candidate): RuleProblem[] {
  const names = membersOf(candidate, 'features').map(([name]) => name);
  const found = names
    .filter((name) => !FEATURES.includes(name))
    .slice(0, ENOUGH)
    .map((name): RuleProblem => ({
      code: 'unknown-feature',
      path: ['features', name],
      message: `dockerd knows no feature ${quote(name)} and ignores it`,
      hint: 'remove it',
    }));
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

function checkMembers(candidate: Candidate): RuleProblem[] {
  return membersOf(candidate, 'builder')
    .filter(([name]) => !BUILDER_MEMBERS.includes(name.toLowerCase()))
    .map(([name]): RuleProblem => ({
      code: 'unknown-member',
      path: ['builder', name],
      message: `dockerd ignores ${quote(name)} inside builder`,
      hint: 'put it into "gc", or remove it',
    }));
}

const OLD_RULE = ['keepStorage'];
const NEW_RULE = [...OLD_RULE, 'reservedSpace', 'maxUsedSpace', 'minFreeSpace'];
const OLD_GC = ['defaultKeepStorage'];
const NEW_GC = [...OLD_GC, 'defaultReservedSpace', 'defaultMaxUsedSpace', 'defaultMinFreeSpace'];

/**
 * Since 24.0 (moby daemon/config/builder.go, BuilderHistoryConfig); before, the member is unknown and ignored. The decoder
 * refuses a wrong value also where one of the same name in other letters takes its place.
 */
function checkHistory(candidate: Candidate): RuleProblem[] {
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

/** Sizes and filters are parsed when BuildKit starts (moby builder/builder-next/controller.go, getGCPolicy). */
function checkGc(candidate: Candidate): RuleProblem[] {
  const { engine } = candidate;
  const gc = fieldOf(candidate.config.get('builder'), 'gc');
  const modern = inRange(engine, '28..');
  if ((fieldOf(gc, 'enabled') ?? modern) !== true) return [];
  const policy = fieldOf(gc, 'policy');
  const rules = Array.isArray(policy) ? (policy as readonly Json[]) : [];
  const ofRule = { names: modern ? NEW_RULE : OLD_RULE, engine };
  return [
    // Modern engines look at the defaults only where there is no policy.
    ...(modern && Array.isArray(policy)
      ? []
      : sizes(gc, { names: modern ? NEW_GC : OLD_GC, engine }).map(below('builder', 'gc'))),
    ...rules.flatMap((rule, index) => {
      const found = checkGcRule(rule, ofRule);
      return found.length === 0 ? found : found.map(below('builder', 'gc', 'policy', index));
    }),
  ];
}

/** Puts the place of the whole before that of a part. */
function below(...place: RuleProblem['path']): (problem: RuleProblem) => RuleProblem {
  return (problem) => ({ ...problem, path: [...place, ...problem.path] });
}

/** Go's decoder of these engines reads behind a = that is not there, whether garbage is collected or not (moby builder config). */
function checkBareFilters({ config, engine }: Candidate): RuleProblem[] {
  if (!inRange(engine, '..20')) return [];
  const policies = fieldsOf(config.get('builder'), 'gc').flatMap(([, gc]) =>
    fieldsOf(gc, 'policy').flatMap(([, policy]) => Object.values(policy ?? {}) as Json[]),
  );
  const bare = policies
    .flatMap((rule) => fieldsOf(rule, 'filter'))
    .flatMap(([, filter]) => (Array.isArray(filter) ? stringsOf(filter as Json) : []))
    .find((term) => !term.includes('='));
  if (bare === undefined) return [];
  return [
    {
      code: 'bad-builder',
      path: ['builder'],
      message: `the filter ${quote(bare)} has no =, on which dockerd 20.10 crashes, at a reload too`,
      hint: 'write "name=value"',
      stops: 'both',
    },
  ];
}

interface Sizes {
  /** The members that are one. */
  readonly names: readonly string[];
  readonly engine: EngineVersion;
}

function checkGcRule(rule: Json, of: Sizes): RuleProblem[] {
  const found = sizes(rule, of);
  const filters = checkFilters(fieldOf(rule, 'filter'), of.engine);
  if (of.names === NEW_RULE || found.length > 0 || (fieldOf(rule, 'keepStorage') ?? '') !== '')
    return [...found, ...filters];
  return [
    {
      code: 'bad-builder',
      path: [],
      message: 'this engine wants keepStorage in every rule of the policy',
      hint: 'add "keepStorage": "10GB"',
    },
  ];
}

/** Filters that take one value (moby builder/builder-next/builder.go, cacheFields). */
const SINGLE = [
  'id',
  'parent',
  'type',
  'description',
  'inuse',
  'shared',
  'private',
  'mutable',
  'immutable',
];
const AGES = ['until', 'unused-for'];
const TIMESTAMP = /^(?:\d{4}-\d\d-\d\d(?:T.*)?|\d+(?:\.\d+)?)$/;

function checkFilters(filter: Json | undefined, engine: EngineVersion): RuleProblem[] {
  const terms = filterTerms(filter);
  if (terms.length === 0) return [];
  const valuesOf = (names: readonly string[]) => [
    ...new Set(terms.filter(([name]) => names.includes(name)).map(([, value]) => value)),
  ];
  const ages = valuesOf(AGES);
  const isAge = (text: string) =>
    isDuration(text) || (inRange(engine, '23..') && TIMESTAMP.test(text));
  const repeated =
    terms.length === 1
      ? []
      : [...SINGLE.map((name) => [name]), AGES].filter((names) => valuesOf(names).length > 1);
  const refused = (message: string, hint: string): RuleProblem => ({
    code: 'bad-builder',
    path: ['filter'],
    message,
    hint,
  });
  return [
    ...repeated.map((names) =>
      refused(`the filter ${names.join(' or ')} takes one value`, 'make it a rule of its own'),
    ),
    ...(ages.length === 1 && !isAge(ages[0] ?? '')
      ? [refused(`${quote(ages[0] ?? '')} is no duration`, 'write a duration such as "48h"')]
      : []),
  ];
}

/** A list of `name=value`, or the older object of objects. */
function filterTerms(filter: Json | undefined): (readonly [string, string])[] {
  if (!Array.isArray(filter)) {
    return entriesOf(filter).flatMap(([name, values]) =>
      entriesOf(values).map(([value]) => [name, value] as const),
    );
  }
  return stringsOf(filter as Json).map((term) => {
    const at = term.indexOf('=');
    return at === -1
      ? ([term.trim().toLowerCase(), ''] as const)
      : ([term.slice(0, at).trim().toLowerCase(), term.slice(at + 1).trim()] as const);
  });
}

function sizes(value: Json | undefined, { names, engine }: Sizes): RuleProblem[] {
  return entriesOf(value)
    .filter(
      ([name, size]) =>
        typeof size === 'string' &&
        size !== '' &&
        !isSize(size, engine) &&
        names.some((one) => one.toLowerCase() === name.toLowerCase()),
    )
    .map(([name, size]) => ({
      code: 'bad-size',
      path: [name],
      message: `${name} ${quote(String(size))} is not a size`,
      hint: 'write a size such as "10GB"',
      stops: 'start',
    }));
}
