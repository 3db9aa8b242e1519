import { type FaultRow, row } from './fault-row.js';
import {
  COPIED,
  COPIED_END,
  COPIED_START,
  ELLIPSIS,
  NONE_AS_TEXT,
  PROSE,
  PROSE_AFTER_ITEM,
  TOO_MANY,
  WORDS,
} from './copied-rows.js';
import { QUOTE_MARKS } from './marks.js';
import type { Expected, SyntaxFault } from '../syntax/scan.js';

const ANY = /[\s\S]/y;
export const TEXT_ROWS: Readonly<Record<'start' | 'anywhere', readonly FaultRow[]>> = {
  start: COPIED_START,
  anywhere: [
    ...COPIED,
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
      new RegExp(`[${QUOTE_MARKS}]`, 'y'),
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
      /[；、]/y,
      '%s is a full-width character; JSON wants a comma',
      'replace %s with ,',
    ),
    row('wide-punctuation', /[。．]/y, '%s is a full stop, which JSON has not', 'remove it'),
    row(
      'wide-punctuation',
      /[，：｛｝［］【】]/y,
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

const VALUES: readonly FaultRow[] = [
  ELLIPSIS,
  TRAILING_COMMA(/\]/y),
  { ...EXTRA_COMMA, after: /[,[]/ },
  { ...row('extra-colon', /:/y, 'a colon too many', 'remove it'), after: /:/ },
  row(
    'missing-value',
    /[,}\]:]/y,
    'a value is missing before %s',
    'write the value: "text", a number, true, false, [ ] or { }',
  ),
  ...PROSE_AFTER_ITEM,
  NONE_AS_TEXT,
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
  ELLIPSIS,
  TRAILING_COMMA(/\}/y),
  { ...EXTRA_COMMA, after: /[,{]/ },
  MISMATCH,
  row(
    'nested-object',
    /[{[]/y,
    'a key is missing before %s',
    'write "key": before it, or take the inner brackets away',
  ),
  ...WORDS,
  row('unquoted-key', /[\w$-]/y, 'a key without quotes', 'put the key in double quotes: "key"'),
];

export const STATE_ROWS: Readonly<Record<Expected, readonly FaultRow[]>> = {
  value: VALUES,
  'value-or-close': VALUES,
  key: KEYS,
  'key-or-close': KEYS,
  colon: [
    row('equals-sign', /=>?|->/y, '%s where JSON wants a colon', 'write "key": value'),
    row('missing-colon', ANY, 'a : is missing after the key', 'write "key": value'),
  ],
  separator: [
    MISMATCH,
    ELLIPSIS,
    row('semicolon', /;/y, 'a semicolon where JSON wants a comma', 'write , instead of ;'),
    {
      ...row(
        'unclosed-list',
        /:/y,
        'the list before this key is not closed',
        'put ] before the comma that stands before it',
      ),
      ...{ open: /\[$/, place: 'before' },
    },
    ...WORDS,
    {
      ...row('missing-comma', /["[{\w-]/y, 'a comma is missing after this', 'put a comma after it'),
      place: 'previous',
    },
  ],
  end: [
    TOO_MANY,
    row(
      'extra-bracket',
      /,?\s*[}\]]/y,
      'the configuration ended before this: a bracket was closed too early or too often',
      'make { } and [ ] match',
    ),
    ...COPIED_END,
    PROSE,
    row(
      'missing-braces',
      /:/y,
      'the braces around the whole configuration are missing',
      'put { before the first key and } at the end',
    ),
    row(
      'early-close',
      /,?\s*"/y,
      'the } before this ends the configuration, and settings follow it',
      'put it at the end, and a comma in its place',
    ),
    row(
      'second-value',
      /,?\s*[{[]/y,
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
      'remove it, or write it as an escape: \\t',
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

/** The last } ends what was opened last, and was written for the whole. */
export const UNCLOSED_OBJECT = row(
  'unclosed-object',
  ANY,
  'a } is missing further up: an object inside is not closed',
  'put } behind the last setting of that object',
);

/** By the brackets that are open at the end of a text whose last setting is complete. */
export const LAST_ROWS: Readonly<Record<string, FaultRow>> = {
  '{': row(
    'missing-end',
    ANY,
    'the } at the end is missing',
    'put } at the end, where nothing else is missing',
  ),
};
