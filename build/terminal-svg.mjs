// A terminal as a picture: tmux capture-pane -pe | node build/terminal-svg.mjs >docs/session.svg
// Reads text with SGR sequences (ECMA-48 8.3.117: bold, faint, the eight colours) from stdin; lines keep their widths.
import { readFileSync } from 'node:fs';

const COLOURS = [
  '#8b949e',
  '#ff7b72',
  '#7ee787',
  '#e3b341',
  '#79c0ff',
  '#d2a8ff',
  '#76e3ea',
  '#e6edf3',
];
/** Of one character of the font, in pixels. */
const WIDTH = 8.4;
const HEIGHT = 19;
const MARGIN = 16;

const lines = readFileSync(0, 'utf8').trimEnd().split('\n');
let style = {};
const rows = lines.map((line, row) => rowOf(line, MARGIN + (row + 1) * HEIGHT - 5));
const columns = Math.max(...lines.map((line) => line.replaceAll(/\u001b\[[\d;]*m/g, '').length));
const width = Math.ceil(columns * WIDTH + 2 * MARGIN);
const height = lines.length * HEIGHT + 2 * MARGIN;
console.log(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="dockerctl on a terminal">
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" fill="#e6edf3" xml:space="preserve">
${rows.join('\n')}
</g>
</svg>`);

/** One line; what an earlier one left on stays on. */
function rowOf(line, y) {
  let column = 0;
  const spans = line.split(/(\u001b\[[\d;]*m)/).map((part) => {
    const codes = /^\u001b\[([\d;]*)m$/.exec(part)?.[1];
    if (codes !== undefined) {
      for (const code of codes.split(';')) style = restyled(style, Number(code));
      return '';
    }
    const x = MARGIN + column * WIDTH;
    column += part.length;
    return part.trim() === '' ? '' : span(part, x);
  });
  return `<text y="${y}">${spans.join('')}</text>`;
}

function restyled(before, code) {
  if (code === 0) return {};
  if (code === 1) return { ...before, weight: 'bold' };
  if (code === 2) return { ...before, opacity: 0.65 };
  if (code === 22) return { ...before, weight: undefined, opacity: undefined };
  if (code >= 30 && code <= 37) return { ...before, fill: COLOURS[code - 30] };
  return code === 39 ? { ...before, fill: undefined } : before;
}

/** Its length is fixed, so that columns stand where they stood whatever font is there. */
function span(text, x) {
  const attributes = [
    `x="${x.toFixed(1)}"`,
    `textLength="${(text.length * WIDTH).toFixed(1)}"`,
    ...(style.fill === undefined ? [] : [`fill="${style.fill}"`]),
    ...(style.weight === undefined ? [] : ['font-weight="bold"']),
    ...(style.opacity === undefined ? [] : [`opacity="${style.opacity}"`]),
  ];
  const escaped = text
    .replaceAll(' ', '\u00a0')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
  return `<tspan ${attributes.join(' ')}>${escaped}</tspan>`;
}
