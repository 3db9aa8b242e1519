import type { Expected, SyntaxFault } from './scan.js';

/** A family of mistakes. `%s` in the texts is the character that stands there. */
export interface FaultRow {
  readonly code: string;
  /** Sticky: tried at the place of the fault. */
  readonly pattern: RegExp;
  /** The character before it. */
  readonly after?: RegExp;
  /** `previous`: the mistake is at the end of the token before. */
  readonly place?: 'previous';
  readonly message: string;
  readonly hint: string;
}

const ANY = /[\s\S]/y;
const COMMAND = 'sudo|cat|tee|echo|vim?|nano|mkdir|docker|systemctl|bash|curl|wget';

/** A line of words: no quotes or brackets to its end, and a second word before any colon, or letters of Chinese. */
const PROSE = row(
  'prose',
  /(?:\p{L}[^\r\n"{}[\]:]*[ \t][^\r\n"{}[\]]*|[^\r\n"{}[\]]*\p{Script=Han}[^\r\n"{}[\]]*)(?=[\r\n]|$)/uy,
  'words that are no JSON, to the end of the line',
  'remove them: dockerd reads JSON, which has no comments',
);

export const TEXT_ROWS: Readonly<Record<'start' | 'anywhere', readonly FaultRow[]>> = {
  start: [
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
      new RegExp(`(?:[^\\n]{0,80}[$#>] *)?(?:${COMMAND})\\b`, 'y'),
      'this is a shell command, pasted with the JSON it was to write',
      'keep only what stands between { and }',
    ),
    row(
      'yaml',
      /---|[A-Za-z][\w-]*:[ \n\r]/y,
      'this is YAML, not JSON',
      'write the keys as JSON: {"key": "value"}',
    ),
    PROSE,
  ],
  anywhere: [
    row(
      'merge-conflict',
      /<{7}|={7}|>{7}/y,
      'a merge conflict was left in the file',
      'choose one side and remove the marker lines',
    ),
    row(
      'template',
      /\{[{%]|(?<=\{)[{%]|\$\{|<%/y,
      'a template placeholder was left in the file',
      'render the template before it is put here',
    ),
    row('comment', /\/\/|\/\*|#/y, 'a comment: dockerd reads JSON, which has none', 'remove it'),
    row(
      'smart-quotes',
      /[“”„‟«»‘’‚‛″′＂]/y,
      'a typographic quote %s where JSON wants "',
      'replace %s with the plain quote "',
    ),
    row('single-quotes', /'/y, 'a single quote where JSON wants a double one', 'replace \' with "'),
    row(
      'nbsp',
      /[\u00a0\u00ad\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]/y,
      'an invisible character %s that only looks like a space, as web pages put it',
      'replace it with a plain space',
    ),
    row(
      'wide-punctuation',
      /[，：；、｛｝［］【】]/y,
      '%s is a full-width character; JSON wants the plain one',
      'replace %s with the plain character',
    ),
    row(
      'nul-byte',
      /\0/y,
      'a NUL byte: the file was damaged (a crash, a full disk)',
      'write the file again, or restore it with: dockerctl config rollback',
    ),
    row('control-character', /[\x01-\x1f\x7f-\x9f]/y, 'a control character %s', 'remove it'),
  ],
};

const TRAILING_COMMA = (pattern: RegExp): FaultRow => ({
  ...row('trailing-comma', pattern, 'a comma with nothing after it', 'remove the comma'),
  after: /,/,
  place: 'previous',
});

const EXTRA_COMMA = row('extra-comma', /,/y, 'a comma with nothing before it', 'remove the comma');
const MISMATCH = row(
  'mismatched-bracket',
  /[}\]]/y,
  '%s does not close what was opened last',
  'make { } and [ ] match',
);

const MISSING_VALUE = row(
  'missing-value',
  /[,}\]:]/y,
  'a value is missing before %s',
  'write the value: "text", a number, true, false, [ ] or { }',
);

const VALUES: readonly FaultRow[] = [
  TRAILING_COMMA(/\]/y),
  { ...EXTRA_COMMA, after: /[,[]/ },
  MISSING_VALUE,
  row(
    'bad-literal',
    /(?:true|false|null|none|yes|no|on|off|undefined|nan|infinity)\b/iy,
    'JSON spells it true, false or null, in small letters and without quotes',
    'write true, false or null',
  ),
  row(
    'bad-number',
    /[+\-.\d]/y,
    'JSON does not spell a number like this',
    'write it in decimal digits, without a leading + or .',
  ),
  row('unquoted-value', ANY, 'a text without quotes', 'put it in double quotes: "…"'),
];

const KEYS: readonly FaultRow[] = [
  TRAILING_COMMA(/\}/y),
  { ...EXTRA_COMMA, after: /[,{]/ },
  MISMATCH,
  row(
    'nested-object',
    /[{[]/y,
    'a key is missing before %s',
    'write "key": before it, or take the inner brackets away',
  ),
  PROSE,
  row('unquoted-key', /[\w$-]/y, 'a key without quotes', 'put the key in double quotes: "key"'),
];

export const STATE_ROWS: Readonly<Record<Expected, readonly FaultRow[]>> = {
  value: VALUES,
  'value-or-close': VALUES,
  key: KEYS,
  'key-or-close': KEYS,
  colon: [row('missing-colon', ANY, 'a : is missing after the key', 'write "key": value')],
  separator: [
    MISMATCH,
    PROSE,
    {
      ...row('missing-comma', /["[{\w-]/y, 'a comma is missing after this', 'put a comma after it'),
      place: 'previous',
    },
  ],
  end: [
    row(
      'extra-bracket',
      /,?\s*[}\]]|,\s*"/y,
      'the configuration ended before this: a bracket was closed too early or too often',
      'make { } and [ ] match',
    ),
    row(
      'shell-text',
      new RegExp(`EOF\\b|END\\b|EOT\\b|[^\\n]{0,80}[$#>] |(?:${COMMAND})\\b`, 'y'),
      'text of a shell command after the JSON',
      'remove everything after the last }',
    ),
    PROSE,
    row(
      'missing-braces',
      /:/y,
      'the braces around the whole configuration are missing',
      'put { before the first key and } at the end',
    ),
    row(
      'second-value',
      /[{["]/y,
      'a second value after the first: dockerd 20.10 ignores it, later ones refuse the file',
      'join the two into one { … }',
    ),
    row(
      'trailing-content',
      ANY,
      'text after the end of the JSON: dockerd 20.10 ignores it, later ones refuse the file',
      'remove everything after the last }',
    ),
  ],
};

/** What is wrong inside a token or around the whole text. */
export const STRING_ROWS: Readonly<Record<NonNullable<SyntaxFault['inside']> | 'other', FaultRow>> =
  {
    'string-end': row(
      'unterminated-string',
      ANY,
      'a text that is not closed on its line',
      'put the closing " at its end',
    ),
    escape: row(
      'bad-escape',
      ANY,
      'a backslash in this text starts no JSON escape',
      'write a backslash as \\\\',
    ),
    control: row(
      'control-character',
      ANY,
      'a raw tab, NUL or other control character inside a text',
      'write it as an escape (\\t) or remove it',
    ),
    number: row(
      'bad-number',
      ANY,
      'JSON does not spell a number like this',
      'write it in decimal digits, or in double quotes when it is a text',
    ),
    depth: row(
      'too-deep',
      ANY,
      'more than 200 levels of nesting',
      'no daemon.json needs more than five: restore it with: dockerctl config rollback',
    ),
    'end-of-text': row(
      'truncated',
      ANY,
      'the file ends in the middle of a value',
      'complete it, or restore it with: dockerctl config rollback',
    ),
    other: row('unexpected-character', ANY, '%s cannot stand here', 'remove it'),
  };

function row(code: string, pattern: RegExp, ...texts: [message: string, hint: string]): FaultRow {
  return { code, pattern, message: texts[0], hint: texts[1] };
}
