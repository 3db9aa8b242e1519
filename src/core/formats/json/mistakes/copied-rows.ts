import { type FaultRow, row } from './fault-row.js';

/** What is copied along with the JSON of a guide, a listing or a terminal. */

const COMMAND = 'sudo|cat|tee|echo|vim?|nano|mkdir|docker|systemctl|bash|curl|wget';

/**
 * A line of words: no quotes or brackets to its end, and a second word before any colon, or letters of Chinese, or a sign and a word
 * behind it.
 */
export const PROSE = row(
  'prose',
  /(?:\p{L}[^\r\n"{}[\]:]*[ \t][^\r\n"{}[\]]*|[^\r\n"{}[\]]*\p{Script=Han}[^\r\n"{}[\]]*|[^\p{L}\p{N}\s"'{}[\]:,=/#][^\p{L}"{}[\]:,\r\n]*\p{L}[^"{}[\]:,\r\n]*)(?=[\r\n]|$)/uy,
  'words that are no JSON, to the end of the line',
  'remove them: dockerd reads JSON, which has no comments',
);

export const ELLIPSIS = row(
  'ellipsis',
  /(?:\.{2,}|…+)(?![^\r\n"{}[\],]*\p{L})/uy,
  'dots that stand for more settings',
  'remove them, or write what they stand for',
);

/** A bridge and a logging driver are called so; Python's None is no text. */
export const NONE_AS_TEXT = row(
  'unquoted-value',
  /none\b/y,
  'a text without quotes',
  'put it in double quotes: "…"',
);

/** Nothing but brackets follows. */
export const TOO_MANY = row(
  'extra-bracket',
  /,?\s*[}\]][\s,}\]]*$/y,
  'one closing bracket too many at the end',
  'remove it',
);

/** An arrow and words to the end of the line, some of them in quotes. */
const ARROW = row(
  'prose',
  /(?:<[-=]|[-=]+>|[←→⇐⇒]|\*\*)[^\r\n"{}[\]]*(?:"[^"\r\n]*"[^\r\n"{}[\]:]*)*(?=[\r\n]|$)/y,
  PROSE.message,
  PROSE.hint,
);

export const WORDS: readonly FaultRow[] = [ARROW, PROSE];

/** Behind an item of a list. */
export const PROSE_AFTER_ITEM: readonly FaultRow[] = [
  { ...ARROW, after: /[,[]/ },
  { ...PROSE, after: /,/ },
];

const FENCE = row(
  'prose',
  /(?:```|~~~)[^\r\n]*/y,
  'the fence of Markdown around the JSON',
  'remove the line: dockerd reads JSON alone',
);

export const COPIED: readonly FaultRow[] = [
  FENCE,
  row(
    'escaped-quotes',
    /\\+"/y,
    'a \\ before a quote that stands outside of a text',
    'write " where \\" stands',
  ),
  row(
    'html-mark',
    /&(?:quot|nbsp|amp|lt|gt|#\d{1,4}|#x[\da-f]{1,4});|<\/?(?:br|p|pre|code|span|div)\b[^>\r\n]{0,200}>/iy,
    'a mark of HTML, copied from the source of a web page',
    'copy the text as the browser shows it, or replace the mark with what it stands for',
  ),
  {
    ...row(
      'diff',
      /[+-][ \t]*["}\]]/y,
      'a + or - before a setting, as a diff or a list has it',
      'remove the sign; of a diff, the lines with - too',
    ),
    after: /^$|[{[,\s]/,
  },
  row(
    'diff',
    /(?<=[\r\n])[+-][ \t]*["}\]]/y,
    'a + or - before a setting, as a diff or a list has it',
    'remove the sign; of a diff, the lines with - too',
  ),
];

export const COPIED_START: readonly FaultRow[] = [
  FENCE,
  row(
    'html',
    /<(?:!doctype|html|\?xml|head|body|title)/iy,
    'this is a web page, not JSON',
    'fetch the file again: a server answered with an error page',
  ),
  row(
    'encrypted',
    /\$ANSIBLE_VAULT|-----BEGIN |age-encryption\.org|U2FsdGVkX1/y,
    'the file is encrypted or a key, not JSON',
    'decrypt it first: dockerd reads plain JSON only',
  ),
  row(
    'shell-text',
    // A # alone may begin a comment: then it is a prompt before a command with a path or a redirection.
    new RegExp(
      `(?:(?!#)[^\\n]{0,80}[$#>] *)?(?:${COMMAND})\\b|#[ \\t]*(?:${COMMAND})\\b[^\\n]{0,200}(?:[ \\t][/~.]\\S|[<>|])`,
      'y',
    ),
    'this is a shell command, pasted with the JSON it was to write',
    'keep only what stands between { and }',
  ),
  row(
    'shell-text',
    /(?:export[ \t]+)?[A-Z_]{3,}=/y,
    'this is a line of an environment file or a shell script, not JSON',
    'write its flags as keys: {"registry-mirrors": ["https://host"]}',
  ),
  row(
    'yaml',
    /---|[A-Za-z][\w-]*:[ \n\r]/y,
    'this is YAML, not JSON',
    'write the keys as JSON: {"key": "value"}',
  ),
  PROSE,
];

/** Behind the JSON. */
export const COPIED_END: readonly FaultRow[] = [
  {
    ...row(
      'line-numbers',
      /[{"]/y,
      'the line numbers of a listing were copied along',
      'remove the number at the beginning of each line',
    ),
    after: /\d/,
  },
  row(
    'shell-text',
    new RegExp(`EOF\\b|END\\b|EOT\\b|~[\\r\\n]|:w?q|[^\\n]{0,80}[$#>] |(?:${COMMAND})\\b`, 'y'),
    'text of a shell command after the JSON',
    'remove everything after the last }',
  ),
];
