import type { Json } from '../../formats/json/json-object.js';
import { inRange, type EngineVersion } from '../options/keys/version.js';

/** What a variable of dockerd's environment says of a key of daemon.json. */
export interface EnvironmentValue {
  /** `proxies` has one value a member. */
  readonly path: readonly [string] | readonly [string, string];
  readonly value: Json;
  readonly variable: string;
}

interface Row {
  readonly path: EnvironmentValue['path'];
  readonly engines: string;
  /** The first that is not empty counts. */
  readonly variables: readonly string[];
}

/** Of all variables that dockerd reads these stand for keys of the file (moby cmd/dockerd, daemon/graphdriver, api). */
const ROWS: readonly Row[] = [
  proxy('http-proxy', 'HTTP_PROXY'),
  proxy('https-proxy', 'HTTPS_PROXY'),
  proxy('no-proxy', 'NO_PROXY'),
  { path: ['storage-driver'], engines: '', variables: ['DOCKER_DRIVER'] },
  { path: ['min-api-version'], engines: '29..', variables: ['DOCKER_MIN_API_VERSION'] },
];

function proxy(member: string, variable: string): Row {
  return {
    path: ['proxies', member],
    engines: '23..',
    variables: [variable, variable.toLowerCase()],
  };
}

export function environmentValues(
  variables: ReadonlyMap<string, string>,
  engine: EngineVersion,
): EnvironmentValue[] {
  return ROWS.filter(({ engines }) => inRange(engine, engines)).flatMap(
    ({ path, variables: names }) => {
      const variable = names.find((name) => (variables.get(name) ?? '') !== '');
      return variable === undefined
        ? []
        : [{ path, value: variables.get(variable) ?? '', variable }];
    },
  );
}

/** The variables that say something of a key, in the order of their weight. */
export function variablesOf(key: string): readonly string[] {
  return ROWS.filter(({ path }) => path[0] === key).flatMap(({ variables }) => variables);
}
