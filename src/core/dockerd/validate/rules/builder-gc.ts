import { entriesOf, isObject, memberOf, type Json } from '../../../formats/json/json-object.js';
import { stringsOf } from '../../options/meaning.js';
import { isDuration } from '../../options/values/scalar.js';
import { isSize } from '../../options/values/size.js';
import { inRange, type EngineVersion } from '../../options/keys/version.js';
import { nearest } from '../../../text/suggest.js';
import {
  ENOUGH,
  fieldOf,
  fieldsOf,
  isSameName,
  noEffect,
  problemsOf,
  quote,
  type DecodedConfig,
  type RuleProblem,
} from './rule.js';

/** `builder.gc`: what BuildKit throws away, and when. */
export function checkGarbageCollection(candidate: DecodedConfig): RuleProblem[] {
  return [
    ...checkBareFilters(candidate),
    ...checkGc(candidate),
    ...checkFilterNames(candidate),
    ...checkIdle(candidate),
  ];
}

/** What is collected is never asked for. */
function checkIdle(candidate: DecodedConfig): RuleProblem[] {
  const gc = memberOf(candidate.config.get('builder'), 'gc');
  const enabled = memberOf(gc, 'enabled') ?? inRange(candidate.engine, '28..');
  if (enabled !== true) return namesIn(gc, (name) => !isSameName(name, 'enabled')).map(idleGc);
  if (!Array.isArray(memberOf(gc, 'policy'))) return [];
  const defaults = namesIn(gc, (name) => NEW_GC.some((one) => isSameName(name, one)));
  return defaults.map((name) =>
    noEffect(
      ['builder', 'gc', name],
      `${name} is for the rules of BuildKit itself, which a policy replaces`,
      'put the size into the rules of the policy, or remove it',
    ),
  );
}

function idleGc(name: string): RuleProblem {
  return noEffect(
    ['builder', 'gc', name],
    `${quote(name)} does nothing: builder.gc collects no garbage without "enabled": true`,
    `write "enabled": true, or remove ${quote(name)}`,
  );
}

/** The first names of the object that are so. */
function namesIn(value: Json | undefined, isSo: (name: string) => boolean): readonly string[] {
  const found: string[] = [];
  // Object.keys takes three times as long on an object of many.
  for (const name in isObject(value) ? value : {}) {
    if (found.length >= ENOUGH) break;
    if (isSo(name)) found.push(name);
  }
  return found;
}

const OLD_RULE = ['keepStorage'];
const NEW_RULE = [...OLD_RULE, 'reservedSpace', 'maxUsedSpace', 'minFreeSpace'];
const OLD_GC = ['defaultKeepStorage'];
const NEW_GC = [...OLD_GC, 'defaultReservedSpace', 'defaultMaxUsedSpace', 'defaultMinFreeSpace'];

/** Sizes and filters are parsed when BuildKit starts (moby builder/builder-next/controller.go, getGCPolicy). */
function checkGc(candidate: DecodedConfig): RuleProblem[] {
  const { engine } = candidate;
  const gc = memberOf(candidate.config.get('builder'), 'gc');
  const modern = inRange(engine, '28..');
  if ((memberOf(gc, 'enabled') ?? modern) !== true) return [];
  const policy = memberOf(gc, 'policy');
  const rules = Array.isArray(policy) ? (policy as readonly Json[]) : [];
  const ofRule = { names: modern ? NEW_RULE : OLD_RULE, engine, modern };
  return [
    // Modern engines look at the defaults only where there is no policy.
    ...(modern && Array.isArray(policy)
      ? []
      : sizes(gc, { names: modern ? NEW_GC : OLD_GC, engine }).map(below('builder', 'gc'))),
    ...problemsOf(rules, (rule, index) => {
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
function checkBareFilters({ config, engine }: DecodedConfig): RuleProblem[] {
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

function checkGcRule(rule: Json, of: Sizes & { readonly modern: boolean }): readonly RuleProblem[] {
  const found = sizes(rule, of);
  const filters = checkFilters(filterTerms(rule), of.engine);
  if (filters.length + found.length === 0 && of.modern) return found;
  if (of.modern || found.length > 0 || (fieldOf(rule, 'keepStorage') ?? '') !== '')
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
const SINGLE = 'id parent type description inuse shared private mutable immutable'.split(' ');
const AGES = ['until', 'unused-for'];
const ALONE = [...SINGLE.map((name) => [name]), AGES];
const TIMESTAMP = /^(?:\d{4}-\d\d-\d\d(?:T.*)?|\d+(?:\.\d+)?)$/;

const NAMES = [...SINGLE, ...AGES];
const FILTERS: ReadonlySet<string> = new Set(NAMES);

/** BuildKit asks only for the filters that it knows; a rule without them holds for all there is (builder-next/builder.go, toBuildkitPruneInfo). */
function checkFilterNames({ config }: DecodedConfig): RuleProblem[] {
  const gc = memberOf(config.get('builder'), 'gc');
  const policy = memberOf(gc, 'policy');
  if (!Array.isArray(policy)) return [];
  const found: RuleProblem[] = [];
  (policy as readonly Json[]).forEach((rule, index) => {
    for (const [name, value] of found.length < ENOUGH ? filterTerms(rule) : []) {
      const known = FILTERS.has(name);
      if (found.length >= ENOUGH) return;
      if (known && !value.startsWith('=')) continue;
      const meant = nearest(name.replace(/[!~<>]+$/, ''), NAMES);
      found.push({
        code: 'unknown-member',
        path: ['builder', 'gc', 'policy', index, 'filter'],
        message: known
          ? `the filter ${name} looks for a value that begins with =, which nothing has`
          : `BuildKit knows no filter ${quote(name)}: the rule holds for everything that is left`,
        hint: known
          ? `write ${quote(`${name}${value}`)}`
          : meant === undefined
            ? `remove it, or write one of ${SINGLE.slice(0, 4).join(', ')}, unused-for`
            : `write ${quote(`${meant}=${value}`)}`,
      });
    }
  });
  return found;
}

function checkFilters(terms: readonly Term[], engine: EngineVersion): RuleProblem[] {
  const [first] = terms;
  if (first === undefined) return [];
  const repeated = terms.length < 2 ? [] : ALONE.filter((names) => valuesOf(terms, names).size > 1);
  const ages =
    terms.length > 1 ? [...valuesOf(terms, AGES)] : AGES.includes(first[0]) ? [first[1]] : [];
  const [age, another] = ages;
  const found = repeated.map((names) =>
    badFilter(`the filter ${names.join(' or ')} takes one value`, 'make it a rule of its own'),
  );
  if (age !== undefined && another === undefined && !isAge(age, engine))
    found.push(badFilter(`${quote(age)} is no duration`, 'write a duration such as "48h"'));
  return found;
}

type Term = readonly [name: string, value: string];

function valuesOf(terms: readonly Term[], names: readonly string[]): ReadonlySet<string> {
  const values = new Set<string>();
  for (const [name, value] of terms) if (names.includes(name)) values.add(value);
  return values;
}

function isAge(text: string, engine: EngineVersion): boolean {
  return isDuration(text) || (inRange(engine, '23..') && TIMESTAMP.test(text));
}

function badFilter(message: string, hint: string): RuleProblem {
  return { code: 'bad-builder', path: ['filter'], message, hint };
}

/** The filters of a rule: a list of `name=value`, or the older object of objects. */
function filterTerms(rule: Json): readonly Term[] {
  const filter = fieldOf(rule, 'filter');
  if (filter === undefined) return NO_TERMS;
  if (!Array.isArray(filter)) {
    return entriesOf(filter).flatMap(([name, values]) =>
      entriesOf(values).map(([value]) => [name, value] as const),
    );
  }
  return stringsOf(filter as Json).map(termOf);
}

const NO_TERMS: readonly Term[] = [];

function termOf(term: string): Term {
  const at = term.indexOf('=');
  return at === -1
    ? [term.trim().toLowerCase(), '']
    : [term.slice(0, at).trim().toLowerCase(), term.slice(at + 1).trim()];
}

function sizes(value: Json | undefined, { names, engine }: Sizes): RuleProblem[] {
  const found: RuleProblem[] = [];
  // The decoder has put every field under its own name.
  for (const name of isObject(value) ? names : []) {
    const size = memberOf(value, name);
    if (typeof size !== 'string' || size === '' || isSize(size, engine)) continue;
    found.push({
      code: 'bad-size',
      path: [name],
      message: `${name} ${quote(size)} is not a size`,
      hint: 'write a size such as "10GB"',
      stops: 'start',
    });
  }
  return found;
}
