import { goBoolean, isFlattened } from '../../options/config-set.js';
import { enginesOfFlag, hasFlag, isFlagName, PROXY_FLAGS } from '../../options/flag-table.js';
import { enginesOf, isIgnored, isKnown, keyNamed, nearestKey } from '../../options/keys/keys.js';
import {
  enginesIn,
  formatVersion,
  inRange,
  type EngineVersion,
} from '../../options/keys/version.js';
import { entriesOf, type Json, type JsonObject } from '../../../formats/json/json-object.js';
import {
  fixForGone,
  fixForProxy,
  fixForUnknown,
  ofMember,
  rename,
  type Named,
} from './name-fixes.js';
import { insteadOf, whereItBelongs } from './name-places.js';
import { ENOUGH, isInFile, quote, type DecodedConfig, type RuleProblem } from './rule.js';

/** Keys that dockerd does not know, does not read, or will not know for long. */
export function checkNames(candidate: DecodedConfig): RuleProblem[] {
  const found: RuleProblem[] = [];
  for (const [name, value] of candidate.last) {
    if (found.length >= ENOUGH) break;
    found.push(...checkName(candidate, { name, value }));
  }
  return found;
}

function checkName(candidate: DecodedConfig, { name, value }: Named): RuleProblem[] {
  const { engine } = candidate;
  const key = keyNamed(name);
  if (isFlattened(value, { name, engine })) return checkMembers(candidate, { name, value });
  if (key !== undefined && isKnown(key, engine)) return checkKnown(candidate, name);
  if (key !== undefined) return [ofOtherEngine(candidate, name)];
  if (PROXY_FLAGS.includes(name) && !hasFlag(engine, name)) return [ofOtherEngine(candidate, name)];
  if (!isFlagName(name) || !hasFlag(engine, name))
    return [
      {
        ...unknownKey([name], engine),
        ...whereItBelongs(candidate, { name, value }),
        ...fixForUnknown(candidate, { name, value }),
      },
    ];
  return [
    name === 'validate' && goBoolean(value) === true
      ? ONLY_VALIDATES
      : ignoredName(candidate, { name, value }),
  ];
}

function ofOtherEngine(candidate: DecodedConfig, name: string): RuleProblem {
  const { engine } = candidate;
  const key = keyNamed(name);
  const engines = key === undefined ? enginesIn(enginesOfFlag(name)[0] ?? '') : enginesOf(key);
  return {
    code: 'key-of-other-engine',
    path: [name],
    message: `dockerd ${formatVersion(engine)} does not know ${name} (${engines})`,
    hint: insteadOf(name, engine) ?? `remove ${name}`,
    ...fixForGone(candidate, name),
  };
}

function checkMembers(
  candidate: DecodedConfig,
  { name, value }: { readonly name: string; readonly value: JsonObject },
): RuleProblem[] {
  const { engine } = candidate;
  const key = keyNamed(name);
  const known =
    key !== undefined &&
    isKnown(key, engine) &&
    typeof key.shape === 'object' &&
    'fields' in key.shape;
  const unknown: RuleProblem[] = [];
  for (const member in value) {
    if (unknown.length >= ENOUGH) break;
    if (!isAcceptedName(member, engine))
      unknown.push({ ...unknownKey([name, member], engine), ...ofMember(candidate, name, member) });
  }
  if (unknown.length > 0 && key !== undefined && !isKnown(key, engine))
    return [ofOtherEngine(candidate, name)];
  if (key === undefined && unknown.length > 0)
    return [unknownObject(candidate, { name, value }, unknown)];
  if (known || unknown.length > 0) return unknown;
  if (goBoolean(new Map(entriesOf(value)).get('validate')) === true) return [ONLY_VALIDATES];
  const nearest = nearestKey(name);
  return [
    {
      code: 'ignored-object',
      path: [name],
      message:
        key === undefined
          ? `dockerd has no key ${quote(name)} and ignores the object`
          : isKnown(key, engine)
            ? `${name} is no object: dockerd ignores it`
            : `dockerd ${formatVersion(engine)} does not know ${name} (${enginesOf(key)}) and ignores the object`,
      hint:
        nearest !== undefined && nearest !== name
          ? `write ${nearest}, if that was meant, else remove ${quote(name)}`
          : (insteadOf(name, engine) ?? `remove ${quote(name)}`),
    },
  ];
}

/** The check for unknown keys lets it pass: a key, or a flag. */
function isAcceptedName(name: string, engine: EngineVersion): boolean {
  const key = keyNamed(name);
  // No flag is named so: dockerd knows it as an object at the top alone, whose members it looks at.
  if (name === 'proxies') return false;
  if (key !== undefined) return isKnown(key, engine);
  return isFlagName(name) && hasFlag(engine, name);
}

/** The file sets the flag, and dockerd exits with "configuration OK" (moby config.go, getConflictFreeConfiguration). */
const ONLY_VALIDATES: RuleProblem = {
  code: 'bad-value',
  path: ['validate'],
  message: 'validate true makes dockerd check its configuration and exit',
  hint: 'remove validate',
  stops: 'start',
};

function ignoredName(candidate: DecodedConfig, { name, value }: Named): RuleProblem {
  if (PROXY_FLAGS.includes(name)) {
    return {
      code: 'proxy-outside-proxies',
      path: [name],
      message: `dockerd ignores ${name} at the top of the file`,
      hint: `write "proxies": {${JSON.stringify(name)}: ${shown(value)}}`,
      ...fixForProxy(candidate, { name, value }),
    };
  }
  const key = nearestKey(name);
  return {
    code: 'flag-name-as-key',
    path: [name],
    message: `dockerd ignores ${name}: it is the name of a flag`,
    hint: key === undefined ? `remove ${name}` : `write ${key}`,
    ...(key !== undefined &&
      keyNamed(key)?.flag === name &&
      rename(candidate, { name, value }, key)),
  };
}

/** A proxy's URL may hold a password. */
function shown(value: Json): string {
  return typeof value === 'string' && !value.includes('@') ? quote(value) : '"…"';
}

function checkKnown(candidate: DecodedConfig, name: string): RuleProblem[] {
  const key = keyNamed(name);
  const { engine } = candidate;
  if (key === undefined || !isKnown(key, engine)) return [];
  if (isIgnored(key, engine)) {
    const hint =
      name === 'containerd-plugins-namespace'
        ? 'use the flag --containerd-plugins-namespace'
        : `remove ${name}`;
    return [
      {
        code: 'ignored-key',
        path: [name],
        message: `dockerd ${formatVersion(engine)} accepts ${name} and ignores it`,
        hint,
        ...(name !== 'containerd-plugins-namespace' && { fix: { remove: [name] } }),
      },
    ];
  }
  return DEPRECATIONS.filter(
    (one) => one.name === name && inRange(engine, one.engines) && isInFile(candidate, name),
  ).map(({ name: gone, next }): RuleProblem => ({
    code: 'deprecated-key',
    path: [gone],
    message: `${gone} works with dockerd ${formatVersion(engine)}, and stops dockerd ${next}`,
    hint: insteadOf(gone, engine) ?? `remove ${gone}`,
    ...fixForGone(candidate, gone),
  }));
}

/** Keys that work and will be refused by the engine named in `next`. */
const DEPRECATIONS: readonly {
  readonly name: string;
  readonly engines: string;
  readonly next: string;
}[] = [
  { name: 'graph', engines: '..20', next: '23' },
  { name: 'cluster-store', engines: '..20', next: '23' },
  { name: 'cluster-advertise', engines: '..20', next: '23' },
  { name: 'cluster-store-opts', engines: '..20', next: '23' },
  { name: 'oom-score-adjust', engines: '..24', next: '25' },
  { name: 'api-cors-header', engines: '..27', next: '28' },
];

function unknownKey(path: readonly string[], engine: EngineVersion): RuleProblem {
  const name = path.at(-1) ?? '';
  const nearest = nearestHere(name, engine);
  return {
    code: 'unknown-key',
    path,
    message: `${quote(name)} is not a key of dockerd`,
    hint: nearest === undefined ? `remove ${quote(name)}` : `write ${nearest}`,
  };
}

/** The key that was meant, where this engine has it. */
function nearestHere(name: string, engine: EngineVersion): string | undefined {
  const nearest = nearestKey(name);
  const key = keyNamed(nearest ?? '');
  return key !== undefined && isKnown(key, engine) ? nearest : undefined;
}

/** Of an object that it does not know dockerd takes the members for keys: one cure for them all. */
function unknownObject(
  candidate: DecodedConfig,
  named: Named,
  unknown: readonly RuleProblem[],
): RuleProblem {
  const { name } = named;
  const [first = '', ...others] = unknown.map(({ path }) => quote(String(path.at(-1))));
  return {
    ...unknownKey([name], candidate.engine),
    message:
      others.length === 0
        ? `${quote(name)} is not a key of dockerd, nor is ${first} inside it`
        : `${quote(name)} is not a key of dockerd, nor are ${first} and others inside it`,
    ...whereItBelongs(candidate, named),
    ...fixForUnknown(candidate, named),
  };
}
