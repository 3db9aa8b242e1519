import { posix } from 'node:path';
import { memberOf, type Json } from '../../../../formats/json/json-object.js';
import { stringsOf } from '../../../options/meaning.js';
import { nearest } from '../../../../text/suggest.js';
import { inRange } from '../../../options/keys/version.js';
import { misspelt } from '../members/members.js';
import { unlessProgram } from '../missing.js';
import {
  ENOUGH,
  NO_CONTAINER,
  listOf,
  objectOf,
  quote,
  textOf,
  type DecodedConfig,
  type RuleProblem,
} from '../rule.js';

/** Declared runtimes and the default one (moby daemon/runtime_unix.go, setupRuntimes; before 25.0 config.go, Validate). */
export function checkRuntimeKeys(candidate: DecodedConfig): RuleProblem[] {
  return [...checkRuntimes(candidate), ...checkDefaultRuntime(candidate)];
}

const NONE: readonly RuleProblem[] = [];

/** A member of `runtimes`, its fields as they stand there: of any type. */
interface Runtime {
  readonly name: string;
  readonly declared: Json;
  readonly path: Json;
  readonly runtimeType: Json;
  readonly runtimeArgs: readonly string[];
  readonly options: Json;
}

/** The decoder has put every field under its own name. */
function runtimeOf(name: string, declared: Json): Runtime {
  return {
    name,
    declared,
    path: memberOf(declared, 'path') ?? '',
    runtimeType: memberOf(declared, 'runtimeType') ?? '',
    runtimeArgs: stringsOf(memberOf(declared, 'runtimeArgs')),
    options: memberOf(declared, 'options') ?? {},
  };
}

function checkRuntimes(candidate: DecodedConfig): RuleProblem[] {
  const refused: RuleProblem[] = [];
  const missing: RuleProblem[] = [];
  const declared = objectOf(candidate, 'runtimes');
  for (const name in declared) {
    if (refused.length >= ENOUGH) break;
    const runtime = runtimeOf(name, declared[name] ?? null);
    const problem = refusedRuntime(candidate, runtime);
    if (problem !== null) refused.push(problem);
    // What is missing stops nothing but its own containers, unless it is the default.
    else if (missing.length < ENOUGH || isDefaultRuntime(candidate, runtime.name))
      missing.push(...missingPrograms(candidate, runtime));
  }
  return [...refused, ...missing];
}

/** Why dockerd refuses the declaration, whatever there is on the machine; null where it takes it, or a rule of types tells why not. */
function refusedRuntime(candidate: DecodedConfig, runtime: Runtime): RuleProblem | null {
  const { name, declared, runtimeArgs } = runtime;
  const modern = inRange(candidate.engine, '25..');
  if (name === 'runc')
    return badRuntime(name, "the name runc is dockerd's own", 'give the runtime another name');
  if (declared !== null && typeof declared !== 'object') return null;
  const problem = modern ? refusedFields(candidate, runtime) : null;
  if (problem !== null || runtimeArgs.length === 0 || isFileName(name, modern)) return problem;
  return badRuntime(
    name,
    `dockerd cannot make a file with the name ${quote(name)}`,
    'give the runtime another name',
  );
}

/** Since 25.0: which fields go together. */
function refusedFields(candidate: DecodedConfig, runtime: Runtime): RuleProblem | null {
  const { name, path, runtimeType, runtimeArgs, options } = runtime;
  if (typeof options !== 'object' || Array.isArray(options))
    return {
      code: 'wrong-type',
      path: ['runtimes', name, 'options'],
      message: 'the options of a runtime are an object',
      hint: 'write {}',
    };
  if (path === '' && runtimeType === '') return withNeither(candidate, runtime);
  if (path !== '' && runtimeType !== '')
    return badRuntime(
      name,
      `the runtime ${quote(name)} has both path and runtimeType`,
      'remove one of them',
    );
  if (path !== '' && options !== null && Object.keys(options).length > 0)
    return badRuntime(
      name,
      `the runtime ${quote(name)} has a path, and options go with a runtimeType only`,
      'remove options',
    );
  if (runtimeType !== '' && runtimeArgs.length > 0)
    return badRuntime(
      name,
      `the runtime ${quote(name)} has a runtimeType, and runtimeArgs go with a path only`,
      'remove runtimeArgs',
    );
  return null;
}

function badRuntime(name: string, message: string, hint: string): RuleProblem {
  return { code: 'bad-runtime', path: ['runtimes', name], message, hint };
}

function missingPrograms(candidate: DecodedConfig, runtime: Runtime): readonly RuleProblem[] {
  const { name, path, runtimeType, runtimeArgs: args } = runtime;
  if (typeof path !== 'string' || typeof runtimeType !== 'string') return NONE;
  // Before 24 the decoder knows no runtimeType.
  const byType = runtimeType !== '' && inRange(candidate.engine, '24..');
  if (byType ? path !== '' : path === '' && runtimeType !== '') return NONE;
  return byType
    ? checkShim(candidate, { key: ['runtimes', name, 'runtimeType'], name, type: runtimeType })
    : unlessProgram(candidate, path, missingProgram(candidate, { name, program: path, args }));
}

function withNeither({ engine }: DecodedConfig, { name, declared }: Runtime): RuleProblem {
  const wrong = misspelt(declared, { object: 'runtimes.*', engine }, ['path', 'runtimeType']);
  return {
    code: 'bad-runtime',
    path: ['runtimes', name, ...(wrong === undefined ? [] : [wrong.name])],
    message: `the runtime ${quote(name)} has neither path nor runtimeType`,
    hint: wrong === undefined ? 'add "path": "/usr/bin/…"' : `write ${wrong.meant}`,
  };
}

/** Where the scripts of runtimes with arguments are written. */
const SCRIPTS = '/var/lib/docker/runtimes';

/** Since 25 more follows the name: `..` is as good as any other then. */
function isFileName(name: string, modern: boolean): boolean {
  if (/^\w[\w.-]*$/.test(name)) return true;
  const script = posix.join(SCRIPTS, `${name}${modern ? '.suffix' : ''}`);
  const isFolder = (path: string) =>
    path === SCRIPTS || SCRIPTS.startsWith(path.replace(/\/?$/, '/'));
  return isFolder(posix.dirname(script)) && !isFolder(script.replace(/\/$/, ''));
}

/** dockerd itself looks for the default runtime, for its plugins, where arguments make it write a script (moby runtime_unix.go, PreflightCheck). */
function missingProgram(
  candidate: DecodedConfig,
  of: { readonly name: string; readonly program: string; readonly args: readonly string[] },
): RuleProblem {
  const isDefault = isDefaultRuntime(candidate, of.name);
  const stops = isDefault ? (of.args.length > 0 ? 'start' : 'containers') : 'nothing';
  return {
    code: 'missing-program',
    path: ['runtimes', of.name, 'path'],
    message: `${quote(of.program)} is no program on this machine${
      stops === 'start'
        ? ': dockerd does not start with it as the default runtime'
        : stops === 'containers'
          ? `, and it is the default runtime${NO_CONTAINER}`
          : ': containers with this runtime will not start'
    }`,
    hint: 'install it, or correct the path',
    stops,
  };
}

function isDefaultRuntime(candidate: DecodedConfig, name: string): boolean {
  return name !== '' && textOf(candidate, 'default-runtime') === name;
}

/** Of a name such as io.containerd.runsc.v1 containerd runs the program of its last two words (containerd runtime/v2/shim, BinaryName). */
function checkShim(
  candidate: DecodedConfig,
  of: { readonly key: readonly string[]; readonly name: string; readonly type: string },
): RuleProblem[] {
  const { key, name, type } = of;
  const isDefault = isDefaultRuntime(candidate, name);
  const [shim = '', version = ''] = type.split('.').slice(-2);
  const isName = type.split('.').length > 1 && !type.startsWith('.') && !type.includes('/');
  const program = type.startsWith('/') ? type : `containerd-shim-${shim}-${version}`;
  const problem: RuleProblem = {
    code: 'missing-program',
    path: key,
    message: `${quote(type)} needs the program ${quote(program)}, which this machine lacks${
      isDefault ? `, and it is the default runtime${NO_CONTAINER}` : ''
    }`,
    hint: 'install it, or correct the name',
    stops: isDefault ? 'containers' : 'nothing',
  };
  if (isName || type.startsWith('/')) return unlessProgram(candidate, program, problem);
  return [
    {
      ...problem,
      code: 'bad-runtime',
      message: `${quote(type)} names no shim of containerd${isDefault ? NO_CONTAINER : ': containers with this runtime will not start'}`,
      hint: 'write a name such as "io.containerd.runc.v2", or an absolute path',
    },
  ];
}

const BUILT_IN: readonly string[] = ['', 'runc', 'io.containerd.runc.v2'];

function checkDefaultRuntime(candidate: DecodedConfig): RuleProblem[] {
  const name = candidate.config.get('default-runtime');
  if (typeof name !== 'string' || BUILT_IN.includes(name)) return [];
  if (name === 'io.containerd.runtime.v1.linux' && inRange(candidate.engine, '..20')) {
    if (candidate.host.cgroup === 'v1') return [];
    const problem = withoutCgroup2(name);
    return candidate.host.cgroup === 'v2'
      ? [problem]
      : [{ ...problem, need: { needs: 'cgroup', what: 'cgroup v1' } }];
  }
  if (Object.hasOwn(objectOf(candidate, 'runtimes'), name)) return [];
  const byFlag = listOf(candidate, 'add-runtime').some((flag) => flag.startsWith(`${name}=`));
  if (byFlag && inRange(candidate.engine, '25..')) return [];
  const isShim = inRange(candidate.engine, '25..') && /^[^./]+\.[^/]*$/.test(name);
  if (isShim) return checkShim(candidate, { key: ['default-runtime'], name, type: name });
  return [
    {
      code: 'bad-runtime',
      path: ['default-runtime'],
      message: `the default runtime ${quote(name)} is not declared in runtimes`,
      ...declaring(name, Object.keys(objectOf(candidate, 'runtimes'))),
    },
  ];
}

function declaring(name: string, declared: readonly string[]): Pick<RuleProblem, 'hint' | 'fix'> {
  const meant = nearest(name, declared);
  return meant === undefined
    ? { hint: `add it: \`dockerctl runtime add ${/^[\w-]+$/.test(name) ? name : 'NAME'}\`` }
    : { hint: `write ${quote(meant)}`, fix: { set: ['default-runtime'], to: meant } };
}

function withoutCgroup2(name: string): RuleProblem {
  return {
    code: 'bad-runtime',
    path: ['default-runtime'],
    message: `the runtime ${name} does not work with cgroup v2, which this machine has`,
    hint: 'remove default-runtime',
    stops: 'start',
  };
}
