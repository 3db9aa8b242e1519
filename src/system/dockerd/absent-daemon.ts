import { flagSources } from '../../core/dockerd/observed/flag-sources.js';
import type { ObservedDaemon } from '../../core/dockerd/observed/observed.js';
import { daemonPaths } from '../../core/dockerd/observed/paths.js';
import { dockerdWords } from '../../core/dockerd/observed/unit.js';
import { NO_WITNESSES } from '../../core/dockerd/observed/witnesses.js';
import { parseFlags } from '../../core/dockerd/options/flags.js';
import type { FileImage } from '../../core/plan/plan.js';
import { isDockerctlError, type DockerctlError } from '../../errors.js';
import type { Host } from '../../host/host.js';

import { unitWordsBelow } from '../systemd/unit-below.js';
import { readConfigImage } from './config-image.js';
import { binaryVersion } from './program-version.js';

/** Which daemon.json is read, and who is told where it cannot be. */
export interface Reading {
  /** `--config`, where it was given. */
  readonly config: string | null;
  readonly unreadable?: ((error: DockerctlError) => void) | undefined;
}

/** No dockerd on this machine reads the file given by --config: it is validated and written, and nothing is reloaded. */
export async function absentDaemon(
  host: Host,
  { config, unreadable }: Reading,
): Promise<ObservedDaemon> {
  const paths = daemonPaths(
    host.self.uid === 0 || host.self.root !== null ? 'engine' : 'rootless',
    host.self.env,
  );
  const words = host.self.root === null ? [] : dockerdWords(unitWordsBelow(host));
  const argv = words.map(({ word }) => word);
  const named = parseFlags(argv).flags.get('config-file')?.values.at(-1);
  const read = named ?? paths.config;
  const configPath = config ?? read;
  // The unit's dockerd reads another file than this one, so nothing is known of its flags.
  const own = configPath === read;
  return {
    configPath,
    configPathExplicit: own && named !== undefined,
    configFile: readConfig(host, configPath, unreadable),
    certsDir: paths.certs,
    state: 'absent',
    manager: { kind: 'none' },
    flavour: 'engine',
    endpoint: null,
    containersOutlive: false,
    version: host.self.root === null ? await binaryVersion(host, undefined) : null,
    pid: null,
    automaticRestarts: 0,
    argv: own ? argv : [],
    startWords: own ? words : [],
    unitFault: null,
    flagSources: own ? flagSources(argv, words, 'the command line') : [],
    info: null,
    silence: null,
    wrapper: null,
    forbidden: false,
    containers: [],
    dependents: [],
    witnesses: NO_WITNESSES,
  };
}

/** A file that cannot be read is as none where somebody is told. @throws file-unreadable, not-permitted where nobody is */
export function readConfig(
  host: Host,
  path: string,
  unreadable: Reading['unreadable'],
): FileImage | null {
  try {
    return readConfigImage(host, path);
  } catch (error) {
    if (unreadable === undefined || !isDockerctlError(error)) throw error;
    unreadable(error);
    return null;
  }
}
