// C0, DEL, C1, and the marks that reorder or hide text on a terminal.
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** A foreign string made safe for one line of a terminal: what could move the cursor or hide text becomes `\xNN`. */
export function printable(text: string, limit = 200): string {
  const safe = text.slice(0, limit).replace(UNPRINTABLE, escape);
  return text.length > limit ? `${safe}…` : safe;
}

function escape(character: string): string {
  const code = character.charCodeAt(0);
  return code < 0x100
    ? `\\x${code.toString(16).padStart(2, '0')}`
    : `\\u${code.toString(16).padStart(4, '0')}`;
}

const DRIVES_TERMINAL =
  /\u001b(?!\[[0-9;]*m)|[\u0000-\u0008\u000b-\u001a\u001c-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * A whole answer on its way to the terminal: the last line of defence. Colours (SGR sequences), tabs and newlines stay;
 * everything else that drives a terminal is escaped as in `printable`.
 */
export function printableText(text: string): string {
  return text.replace(DRIVES_TERMINAL, escape);
}
