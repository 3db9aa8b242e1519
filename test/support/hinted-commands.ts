/** How a command begins that a hint may be, or may quote. */
const BEGINS =
  /^(?:sudo |EDITOR=\w+ )?(?:dockerctl|systemctl|openssl|journalctl|chroot|chmod|chown|mv|cp|rm|ls|ln|install -\S+|findmnt|namei|mkdir|df|docker|timedatectl|ulimit|rmdir|curl|getent|ip|kill|umount|stat|update-ca-certificates) /;
/** Amid prose. */
const BARE =
  /\b(?:dockerctl|systemctl|openssl|journalctl) [a-z-]|: (?:timedatectl$|(?:curl|chmod|chown|rm|ls|stat|mkdir|usermod|docker|\$EDITOR) \S)|\b(?:getent hosts|ip route) \S/;

/** What is to be typed of a hint: what stands in backquotes, or all of it where it is a command. */
export function commandsOf(hint: string): string[] {
  const quoted = [...hint.matchAll(/`([^`]+)`/g)].map(([, command = '']) => command);
  if (quoted.length > 0) return quoted;
  return BEGINS.test(hint) || /^dockerctl$/.test(hint) ? [hint] : [];
}

/** Commands that nobody can tell from the words around them. */
export function isUnmarked(hint: string): boolean {
  if (hint.includes('`')) return BARE.test(hint.replace(/`[^`]+`/g, ''));
  if (!BEGINS.test(hint)) return BARE.test(hint);
  // A command alone has no words of prose behind it.
  return /, | \(|: | (?:takes|lists|shows|names|puts|or|then|where|for the|with the)(?: |$)/.test(
    hint.replace(/'[^']*'|"[^"]*"/g, ''),
  );
}

/** The words of each part of a command line that a shell would start, quotes removed; redirections left out. */
export function wordsOfParts(command: string): string[][] {
  return command
    .split(/ && | \|\| |; | \| /)
    .map((part) =>
      [...part.replace(/ [<>]+ ?\S+/g, '').matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
        ([, single, double, plain]) => single ?? double ?? plain ?? '',
      ),
    );
}
