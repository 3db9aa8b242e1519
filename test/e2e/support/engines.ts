/** The engines that every acceptance test runs on: what Debian 12, 13 and testing ship. */
export interface Engine {
  readonly docker: string;
  readonly suite: 'bookworm' | 'trixie' | 'forky';
}

const ALL: readonly Engine[] = [
  { docker: '20.10', suite: 'bookworm' },
  { docker: '26.1', suite: 'trixie' },
  { docker: '28.5', suite: 'forky' },
];

const only = process.env.DOCKERCTL_E2E_ENGINES?.split(',');

/** All, or those that DOCKERCTL_E2E_ENGINES names: `20.10,28.5`. */
export const engines = ALL.filter(({ docker }) => only?.includes(docker) ?? true);

/** How long a first run may take to build a machine image. */
export const IMAGE_BUILD_MS = 20 * 60_000;
