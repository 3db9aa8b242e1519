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
  const level = line.startsWith('time=') ? field(line, 'level') : null;
  if (level === null) return null;
  const message = field(line, 'msg') ?? '';
  return { level, message, error: field(line, 'error'), config: field(line, 'config') };
}

function textOf(value: unknown): string | null {
  if (typeof value === 'object' && value !== null) return JSON.stringify(value);
  return typeof value === 'string' ? value : null;
}

/** A logrus value: quoted as by Go's %q, or bare up to the next blank. */
function field(line: string, name: string): string | null {
  const match = new RegExp(`(?:^| )${name}=(?:"((?:\\\\.|[^"\\\\])*)"|(\\S*))`).exec(line);
  if (match === null) return null;
  return match[2] ?? (match[1] ?? '').replace(/\\(.)/g, (_, c: string) => (c === 'n' ? ' ' : c));
}
