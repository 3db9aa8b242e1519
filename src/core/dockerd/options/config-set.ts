import { isObject, type Json, type JsonObject } from '../../formats/json/json-object.js';
import { isFlagName } from './flag-table.js';
import { keyNamed } from './keys/keys.js';
import { isGoBoolean } from './values/scalar.js';
import { inRange, type EngineVersion } from './keys/version.js';

/** A name that stands in the file, and where. */
export interface SetValue {
  readonly value: Json;
  /** One name, or two where it is a member of an object. */
  readonly path: readonly string[];
}

/** Objects that dockerd keeps whole (moby daemon/config/config.go, flatOptions). */
const WHOLE: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'cluster-store-opts': '',
    'default-network-opts': '24..',
    'log-opts': '',
    runtimes: '',
    'default-ulimits': '',
    features: '',
    builder: '',
    'nri-opts': '29.2..',
  }),
);

/** Of every other object dockerd's checks see the members in its place. */
export function isFlattened(
  value: Json,
  of: { readonly name: string; readonly engine: EngineVersion },
): value is JsonObject {
  const whole = WHOLE.get(of.name);
  return isObject(value) && !(whole !== undefined && inRange(of.engine, whole));
}

/**
 * The names of the file as dockerd's checks for unknown keys and for conflicts with flags see them (moby config.go,
 * configValuesSet): objects flattened. Takes the last of equal names; a name that is neither a key nor a flag is left out, for
 * nothing conflicts with it.
 */
export function configSet(
  members: ReadonlyMap<string, Json>,
  engine: EngineVersion,
): Map<string, SetValue> {
  const set = new Map<string, SetValue>();
  members.forEach((value, name) => {
    if (isFlattened(value, { name, engine })) {
      for (const inner in value)
        if (isOption(inner)) set.set(inner, { value: value[inner] ?? null, path: [name, inner] });
    } else if (isOption(name)) set.set(name, { value, path: [name] });
  });
  return set;
}

function isOption(name: string): boolean {
  return keyNamed(name) !== undefined || isFlagName(name);
}

/** TLS is decided by the flags as they were given. */
const NOT_PUSHED: readonly string[] = ['tls', 'tlsverify'];

/**
 * Booleans inside an object that dockerd does not know: it pushes them into the flag of that name, and so they count
 * at a start (moby config.go, getConflictFreeConfiguration).
 */
export function pushedBooleans(set: ReadonlyMap<string, SetValue>): [string, boolean][] {
  const found: [string, boolean][] = [];
  set.forEach(({ value, path }, name) => {
    if (path.length === 1 || NOT_PUSHED.includes(name)) return;
    const pushed = keyNamed(name)?.shape === 'boolean' ? goBoolean(value) : null;
    if (pushed !== null) found.push([name, pushed]);
  });
  return found;
}

/** strconv.ParseBool of what fmt prints of the value; null where that fails. */
export function goBoolean(value: Json | undefined): boolean | null {
  if (value === null || typeof value === 'object') return null;
  const text = String(value);
  return isGoBoolean(text) ? /^[1t]/i.test(text) : null;
}
