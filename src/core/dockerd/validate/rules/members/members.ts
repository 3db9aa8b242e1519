import { isObject, type Json, type JsonObject } from '../../../../formats/json/json-object.js';
import { nearest } from '../../../../text/suggest.js';
import { isKnown as isKnownKey, keyNamed } from '../../../options/keys/keys.js';
import { OBJECTS, type MemberSpec, type ObjectSpec } from '../../../options/members.js';
import {
  enginesIn,
  formatVersion,
  inRange,
  type EngineVersion,
} from '../../../options/keys/version.js';
import { letters } from '../name-fixes.js';
import {
  ENOUGH,
  isInFile,
  isSameName,
  quote,
  type DecodedConfig,
  type RuleProblem,
} from '../rule.js';

/** Names inside objects, which dockerd's own check for unknown keys does not reach: what its decoder passes over. */
export function checkMembers(candidate: DecodedConfig): RuleProblem[] {
  return OBJECTS.flatMap((spec) => {
    const [name = '', ...rest] = spec.path;
    const key = keyNamed(name);
    const isRead = key !== undefined && isKnownKey(key, candidate.engine);
    if (!isRead || !isInFile(candidate, name)) return [];
    const found: RuleProblem[] = [];
    visit(candidate.config.get(name), {
      rest,
      path: [name],
      spec,
      engine: candidate.engine,
      found,
      known: new Set(namesFor(spec, candidate.engine)),
    });
    return found;
  });
}

interface Visit {
  readonly rest: readonly string[];
  readonly path: readonly (string | number)[];
  readonly spec: ObjectSpec;
  readonly engine: EngineVersion;
  readonly found: RuleProblem[];
  /** The members that this engine reads. */
  readonly known: ReadonlySet<string>;
}

function visit(value: Json | undefined, at: Visit): void {
  if (at.found.length >= ENOUGH || value === null || typeof value !== 'object') return;
  const [step, ...rest] = at.rest;
  if (step === undefined) {
    if (isObject(value)) for (const name in value) judge(name, at);
    return;
  }
  if (Array.isArray(value)) {
    if (step !== '*') return;
    (value as readonly Json[]).forEach((item, index) => {
      if (rest.length === 0 && isKnown(item, at)) return;
      visit(item, { ...at, rest, path: [...at.path, index] });
    });
    return;
  }
  const members = value as JsonObject;
  for (const name in members) {
    if (step === '*' ? rest.length === 0 && isKnown(members[name], at) : !isSameName(name, step))
      continue;
    visit(members[name], { ...at, rest, path: [...at.path, name] });
  }
}

/** Every name in it is as it should be: most are, and paths cost more than the look. */
function isKnown(value: Json | undefined, { known }: Visit): boolean {
  if (!isObject(value)) return true;
  for (const name in value) if (!known.has(name)) return false;
  return true;
}

function judge(name: string, { spec, path, engine, found }: Visit): void {
  const known = memberNamed(spec.members, name);
  if (known !== undefined && inRange(engine, known.engines ?? '')) return;
  if (found.length >= ENOUGH) return;
  const does = spec.strict === true ? 'refuses' : 'ignores';
  const place = path.join('.');
  const instead = insteadOf(name, spec, engine);
  const version = formatVersion(engine);
  const since = known === undefined ? '' : ` (${enginesIn(known.engines ?? '')})`;
  found.push({
    code: 'unknown-member',
    path: [...path, name],
    message:
      known === undefined
        ? `dockerd ${does} ${quote(name)} inside ${place}: ${spec.without}`
        : `dockerd ${version} ${does} ${name} inside ${place}${since}: ${spec.without}`,
    hint: hintOf(name, { spec, instead, engine }),
    ...(spec.strict === true && { stops: 'both' }),
    ...(isRespelt(name, instead) && {
      fix: { move: [...path, name].map(String), to: [...path, instead ?? ''].map(String) },
    }),
  });
}

/** The same letters, with other marks between them; other capitals alone are no other name. */
function isRespelt(name: string, instead: string | undefined): boolean {
  return instead !== undefined && letters(name) === letters(instead);
}

/** What belongs a level below is put there, and what is a key of its own beside the object. */
function hintOf(
  name: string,
  of: {
    readonly spec: ObjectSpec;
    readonly instead: string | undefined;
    readonly engine: EngineVersion;
  },
): string {
  const { spec, instead } = of;
  const below = OBJECTS.find(
    ({ path, members }) =>
      path.length === spec.path.length + 1 &&
      spec.path.every((step, index) => path[index] === step) &&
      memberNamed(members, name) !== undefined,
  );
  if (below !== undefined) return `put it into ${quote(below.path.at(-1) ?? '')}, or remove it`;
  if (instead !== undefined) return `write ${instead}`;
  const key = keyNamed(name);
  return key !== undefined && isKnownKey(key, of.engine)
    ? `put it beside ${quote(spec.path[0] ?? '')}: it is a key of its own`
    : `remove ${quote(name)}`;
}

/**
 * What stands in an object under a wrong name in place of one of `wanted`, which it lacks. `object`: the path in the table, such as
 * `runtimes.*`.
 */
export function misspelt(
  value: Json | undefined,
  of: { readonly object: string; readonly engine: EngineVersion },
  wanted: readonly string[],
): { readonly name: string; readonly meant: string } | undefined {
  const spec = OBJECTS.find(({ path }) => path.join('.') === of.object);
  if (spec === undefined || !isObject(value)) return undefined;
  for (const name in value) {
    if (memberNamed(spec.members, name) !== undefined) continue;
    const meant = insteadOf(name, spec, of.engine);
    if (meant !== undefined && wanted.includes(meant)) return { name, meant };
  }
  return undefined;
}

function memberNamed(members: readonly MemberSpec[], name: string): MemberSpec | undefined {
  return members.find((member) => isSameName(name, member.name));
}

/** The member of this engine that was meant: as people call it, else the nearest name. */
function insteadOf(
  name: string,
  { members, meant }: ObjectSpec,
  engine: EngineVersion,
): string | undefined {
  const has = namesFor({ members }, engine);
  const asked = name.toLowerCase();
  const called = Object.hasOwn(meant, asked)
    ? meant[asked]?.find((one) => has.includes(one))
    : undefined;
  return called ?? nearest(name, has);
}

function namesFor({ members }: Pick<ObjectSpec, 'members'>, engine: EngineVersion): string[] {
  return members.filter((member) => inRange(engine, member.engines ?? '')).map(({ name }) => name);
}
