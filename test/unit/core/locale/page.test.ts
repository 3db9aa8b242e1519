import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { reportPage } from '../../../../src/commands/report-page/page.js';
import type { Messages } from '../../../../src/core/locale/message-index.js';
import { translatePage } from '../../../../src/core/locale/page.js';
import { createSay } from '../../../../src/core/locale/translate.js';
import { fullReport } from '../../../support/report.js';

const read = (path: string) => readFileSync(path, 'utf8');
const say = createSay(JSON.parse(read('templates/messages.zh-CN.json')) as Messages);
const english = reportPage(fullReport(), read('templates/report.css'));
const chinese = translatePage(english, say);

const tagsOf = (page: string) =>
  (page.match(/<[^>]*>/gu) ?? []).map((tag) => tag.replace(/ (?:aria-label|lang)="[^"]*"/u, ''));

test('a page in Chinese has the same tags, style and commands, and says which language it is', () => {
  expect(chinese).toContain('<html lang="zh-CN">');
  expect(tagsOf(chinese)).toEqual(tagsOf(english));
  const styleOf = (page: string) => /<style>[^]*<\/style>/u.exec(page)?.[0];
  expect(styleOf(chinese)).toBe(styleOf(english));
});

test('headings, cards and labels for screen readers are Chinese', () => {
  expect(chinese).toContain('<h2 id="glance-title">概览</h2>');
  expect(chinese).toContain('aria-label="修改历史"');
  expect(chinese).toMatch(/<p>修复方法：<code>/u);
});

test('what is escaped stays escaped, and a sentence goes over what is typed', () => {
  const page =
    '<html lang="en"><style></style><p>Nothing is declared: <code>a &lt;b&gt;</code> writes a declaration of what is there.</p><h1>daemon</h1></html>';
  expect(translatePage(page, say)).toBe(
    '<html lang="zh-CN"><style></style><p>没有声明任何内容：<code>a &lt;b&gt;</code> 可以把现状写成声明。</p><h1>daemon</h1></html>',
  );
});
