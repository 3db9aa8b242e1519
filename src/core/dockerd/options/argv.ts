/** One flag of a dockerd command line, as it was written. */
export interface ArgvFlag {
  /** The word that it begins with: `-H`, `--mtu=1400`. */
  readonly word: string;
  /** `-H`, `--mtu`. */
  readonly name: string;
  /** null for a switch: `--debug`. */
  readonly value: string | null;
}

/**
 * The flags of a dockerd command line. dockerd takes no positional arguments (moby cmd/dockerd/docker.go, cli.NoArgs),
 * so a word without a dash is the value of the flag before it; no table of flags is needed.
 */
export function argvFlags(argv: readonly string[]): ArgvFlag[] {
  const flags: ArgvFlag[] = [];
  for (const word of argv.slice(1)) {
    const last = flags.at(-1);
    if (word.startsWith('-')) flags.push(parseFlag(word));
    else if (last?.value === null) flags[flags.length - 1] = { ...last, value: word };
  }
  return flags;
}

/** `-Hfd://` and `-H=fd://` are what pflag reads for a short flag; only long flags need the `=`. */
function parseFlag(word: string): ArgvFlag {
  const equals = word.indexOf('=');
  if (word.startsWith('--'))
    return equals < 0
      ? { word, name: word, value: null }
      : { word, name: word.slice(0, equals), value: word.slice(equals + 1) };
  const value = word.slice(2).replace(/^=/, '');
  return { word, name: word.slice(0, 2), value: value === '' ? null : value };
}
