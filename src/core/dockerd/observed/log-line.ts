/** One line that dockerd wrote, whatever its format. */
export interface LogLine {
  /** null for a plain line: dockerd prints fatal start errors to stderr without a logger. */
  readonly level: string | null;
  readonly message: string;
  /** The field `error` of 28.0 and later, where the message only says what failed. */
  readonly error: string | null;
  /** The field `config` of 28.0 and later: the whole configuration, as JSON text. */
  readonly config: string | null;
}

/** Reads logrus text (`time="…" level=… msg="…"`), logrus JSON (`"log-format": "json"`, 25.0 and later) and plain lines. */
export function parseLogLine(line: string): LogLine {
  return (
    parseJsonLine(line) ??
    parseTextLine(line) ?? {
      level: null,
      message: line,
      error: null,
      config: null,
    }
  );
}

function parseJsonLine(line: string): LogLine | null {
  if (!line.startsWith('{') || !line.trimEnd().endsWith('}')) return null;
  try {
    const { level, msg, error, config } = JSON.parse(line) as Record<string, unknown>;
    if (typeof level !== 'string' || typeof msg !== 'string') return null;
    return { level, message: msg, error: textOf(error), config: textOf(config) };
  } catch {
    return null;
  }
}

function parseTextLine(line: string): LogLine | null {
  if (!line.startsWith('time=')) return null;
  const { level, msg, error = null, config = null } = fieldsOf(line);
  return level === undefined ? null : { level, message: msg ?? '', error, config };
}

function textOf(value: unknown): string | null {
  if (typeof value === 'object' && value !== null) return JSON.stringify(value);
  return typeof value === 'string' ? value : null;
}

/** Logrus values: quoted as by Go's %q, or bare up to the next blank. Of equal names the first. */
function fieldsOf(line: string): Partial<Record<string, string>> {
  const fields = Array.from(line.matchAll(FIELD), ([, name = '', quoted, bare = '']) => [
    name,
    quoted === undefined ? bare : unquoted(quoted),
  ]);
  return Object.fromEntries(fields.reverse()) as Partial<Record<string, string>>;
}

const FIELD = /(?:^| )([\w.-]+)=(?:"((?:\\.|[^"\\])*)"|(\S*))/g;

/** White space is one blank, for a message is shown on one line. */
function unquoted(text: string): string {
  return text.replace(ESCAPED, (_all, ...groups: (string | undefined)[]) => {
    const [byte, unit, other = ''] = groups;
    const code = byte ?? unit;
    if (code !== undefined) return String.fromCharCode(parseInt(code, 16));
    return 'nrt'.includes(other) ? ' ' : other;
  });
}

const ESCAPED = /\\(?:x([\da-f]{2})|u([\da-f]{4})|(.))/g;
