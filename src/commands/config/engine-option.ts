import type { ObservedDaemon } from '../../core/dockerd/observed/observed.js';
import {
  engineOf,
  type EngineVersion,
  formatVersion,
  inRange,
  KNOWN_ENGINES,
  parseVersion,
} from '../../core/dockerd/options/keys/version.js';
import { DockerctlError } from '../../errors.js';
import { noteUnknownEngine, observe } from '../../app/context/observe.js';
import type { Context } from '../../app/context/command.js';

export interface ChosenEngine {
  readonly version: EngineVersion;
  /** This machine's dockerd, where the engine is its own; null where a version was named. */
  readonly observed: ObservedDaemon | null;
}

/** `auto` is the dockerd of this machine, else the newest that we know. Throws `usage` for what is no version. */
export async function chosenEngine(context: Context, engine: string): Promise<ChosenEngine> {
  const chosen = await named(context, engine);
  const { version } = chosen;
  if (inRange(version, KNOWN_ENGINES)) return chosen;
  context.terminal.note(
    `dockerctl knows dockerd ${KNOWN_ENGINES.replace('..', ' to ')}, not ${engine === 'auto' ? formatVersion(version) : engine}: the verdict is that of the nearest.`,
  );
  return chosen;
}

async function named(context: Context, engine: string): Promise<ChosenEngine> {
  if (engine === 'auto') {
    const observed = await observe(context);
    noteUnknownEngine(context, observed);
    return { version: engineOf(observed.version), observed };
  }
  const version = parseVersion(engine);
  if (version !== null) return { version, observed: null };
  throw new DockerctlError({
    code: 'usage',
    message: `--engine ${JSON.stringify(engine)} is no version of dockerd.`,
    hint: 'name one such as 20.10, 26.1.5 or 29, or auto',
  });
}
