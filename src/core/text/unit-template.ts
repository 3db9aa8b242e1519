import { systemdWords } from './systemd-words.js';

/** What a template of a unit leaves open. */
export interface UnitValues {
  /** The argv that starts dockerctl. */
  readonly command: readonly string[];
  /** Folders that the agent writes to. */
  readonly writable: readonly string[];
}

/** A unit from its template. */
export function unitText(template: string, { command, writable }: UnitValues): string {
  return template
    .replaceAll('@COMMAND@', () => systemdWords(command))
    .replaceAll('@WRITABLE@', () => systemdWords(writable.map((path) => `-${path}`)));
}

/** V8 keeps its young generation small: 8 MiB less for a process that is idle. */
export function agentCommand([node, ...rest]: readonly [string, ...string[]]): string[] {
  return [node, '--max-semi-space-size=1', '--v8-pool-size=1', '--optimize-for-size', ...rest];
}
