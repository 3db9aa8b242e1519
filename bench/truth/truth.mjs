import { KEYS, asSeen, same } from './keys.mjs';

/**
 * By key what is in force and what the file asks for: { spec, seen, wanted, holds }. Only keys that this look shows; the
 * file's value, that of a flag or a variable (`said`), or what nobody's saying anything would give (`baseline`, a look at the
 * machine when it was new).
 */
export function keysInWorld(look, { baseline, engine, said }) {
  if (look.info === null || look.config === null) return [];
  return KEYS.filter(({ on }) => on === undefined || on(engine)).flatMap((spec) => {
    const seen = spec.seen(look);
    if (seen === undefined) return [];
    const written = look.config[spec.key] ?? saidIn(look, said[spec.key]);
    // Where nobody gives docker0 an address, dockerd takes one, from pools where there are any.
    if (spec.key === 'bip' && written === undefined) return [];
    const wanted = written === undefined ? absentOf(spec, baseline) : asSeen(spec, written);
    return [{ spec, key: spec.key, written, seen, wanted, holds: same(seen, wanted) }];
  });
}

export function absentOf(spec, baseline) {
  return spec.absent === undefined ? spec.seen(baseline) : spec.absent;
}

/** Others move flags too: what counts is what the files say at this look. */
function saidIn({ unitFiles }, said) {
  if (said === undefined || !unitFiles.includes(said.text)) return undefined;
  // A command line that was written anew without them leaves the flags of a variable unused.
  const line = (unitFiles.match(/^ExecStart=.+$/gm) ?? []).at(-1);
  const isUnused =
    said.text.startsWith('--') && line !== undefined && !/\$\{?DOCKER_OPTS/.test(line);
  return isUnused && !line.includes(said.text) ? undefined : said.value;
}
