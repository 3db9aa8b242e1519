import { dirname, join } from 'node:path';

/** Where a declaration is, unless it is named. */
export interface DeclarationPaths {
  readonly folder: string;
  readonly file: string;
  /** Its *.json5 files are joined to it, in the order of their names. */
  readonly fragments: string;
}

interface Owner {
  readonly uid: number;
  readonly root: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The system's folder for root and below `--root`, else the user's own: a rootless dockerd is theirs. */
export function declarationPaths({ uid, root, env }: Owner): DeclarationPaths {
  const system = uid === 0 || root !== null;
  const own = env.XDG_CONFIG_HOME ?? join(env.HOME ?? '/', '.config');
  const folder = system ? '/etc/dockerctl' : join(own, 'dockerctl');
  return { folder, file: join(folder, 'dockerctl.json5'), fragments: join(folder, 'dockerctl.d') };
}

/** The example of this installation that explains every key; `script` is the program that runs, DIR/dist/dockerctl.cjs. */
export function examplePath(script: string): string {
  return join(dirname(dirname(script)), 'templates/dockerctl.json5');
}
