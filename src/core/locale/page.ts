import type { Say } from './translate.js';

/** What `html` of a page escapes (commands/report-page/html.ts). */
const ESCAPES: readonly (readonly [string, string])[] = [
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
];

/** Stands for what is in `code` while the sentence around it is translated. */
const CODE_SIGN = '\ue000';

/**
 * A page of ours in Chinese: what stands between tags, and labels for screen readers. A sentence goes over `code`, and over no other
 * tag. Tags, attributes and styles stay.
 */
export function translatePage(page: string, say: Say): string {
  const [head = '', ...rest] = page
    .replace('<html lang="en">', '<html lang="zh-CN">')
    .split('</style>');
  const [before = '', style = ''] = head.split('<style>');
  const inside = (text: string) => {
    const parts = text.split(/(<(?!\/?code>)[^<>]*>)/u);
    return parts
      .map((part, at) => {
        if (at % 2 === 1) return labelled(part, say);
        return NAMED.test(parts[at - 1] ?? '') && !part.trim().includes(' ')
          ? part
          : unit(part, say);
      })
      .join('');
  };
  return `${inside(before)}<style>${style}</style>${inside(rest.join(''))}`;
}

/** Behind these stand names of somebody's: of the machine, a registry, a certificate, what a finding is about. */
const NAMED = /^<(?:h1\b|th scope="row"|\/span\b)/u;

const labelled = (tag: string, say: Say): string =>
  tag.replace(
    / aria-label="([^"]*)"/gu,
    (_, label: string) => ` aria-label="${escaped(say(plain(label)))}"`,
  );

function unit(markup: string, say: Say): string {
  const codes: string[] = [];
  const text = markup.replace(/<code>([^<]*)<\/code>/gu, (_, code: string) => {
    codes.push(`<code>${escaped(say(plain(code)))}</code>`);
    return CODE_SIGN;
  });
  const core = text.trim();
  if (core === '' || codes.length > 1) return markup;
  const said = escaped(say(plain(core.replace(/\s+/gu, ' '))));
  const [before = '', after = ''] = text.split(core);
  return before + said.replace(CODE_SIGN, () => codes[0] ?? '') + after;
}

const plain = (text: string): string =>
  ESCAPES.toReversed().reduce((all, [sign, escape]) => all.replaceAll(escape, sign), text);

const escaped = (text: string): string =>
  ESCAPES.reduce((all, [sign, escape]) => all.replaceAll(sign, escape), text);
