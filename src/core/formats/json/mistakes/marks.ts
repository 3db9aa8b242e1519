/** What people and their programs write where JSON has `"`, for a character class. */
export const QUOTE_MARKS = '“”„‟«»‘’‚‛″′＂「」『』《》〈〉`´';

/** Full-width marks, and what they stand for. */
export const WIDE_MARKS: Readonly<Record<string, string>> = {
  '，': ',',
  '；': ',',
  '、': ',',
  '。': ' ',
  '．': ' ',
  '：': ':',
  '｛': '{',
  '｝': '}',
  '［': '[',
  '］': ']',
  '【': '[',
  '】': ']',
};
