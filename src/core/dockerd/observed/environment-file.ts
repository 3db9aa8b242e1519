/**
 * The variables of a file such as /etc/default/docker, as systemd's EnvironmentFile= and a shell's `.` agree on them:
 * comments, `export`, quotes, and lines continued by a backslash. Expansions are left as they are.
 */
export function parseEnvironmentFile(text: string): ReadonlyMap<string, string> {
  const variables = new Map<string, string>();
  for (const line of text.replace(/\\\r?\n/g, '').split(/\r?\n/)) {
    const match = /^\s*(?:export\s+)?([A-Za-z_]\w*)=(.*)$/.exec(line);
    if (match?.[1] !== undefined) variables.set(match[1], unquote(match[2] ?? ''));
  }
  return variables;
}

function unquote(value: string): string {
  const trimmed = value.trim();
  const quoted = /^(["'])(.*)\1(?:\s*#.*)?$/s.exec(trimmed);
  if (quoted === null) return trimmed;
  const inner = quoted[2] ?? '';
  return quoted[1] === '"' ? inner.replace(/\\(["\\$`])/g, '$1') : inner;
}
