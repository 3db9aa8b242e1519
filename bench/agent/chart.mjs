// The cost of the agent over time as an SVG: CPU above, resident memory below, each with its limit.

const [WIDTH, HEIGHT, LEFT, GAP] = [900, 180, 60, 50];

export function chartOf(samples, { title, limits }) {
  const panes = [
    { name: 'CPU, % of a core', value: ({ cpu }) => cpu, limit: limits.cpu },
    { name: 'resident memory, MB', value: ({ rss }) => rss, limit: limits.rss },
  ];
  const body = panes.map((pane, index) => paneOf(samples, pane, GAP + index * (HEIGHT + GAP)));
  const height = GAP + panes.length * (HEIGHT + GAP);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${LEFT + WIDTH + 20} ${height}" font-family="sans-serif" font-size="12">
<text x="${LEFT}" y="20" font-size="15">${title}</text>
${body.join('\n')}
</svg>
`;
}

function paneOf(samples, { name, value, limit }, top) {
  const most = Math.max(limit * 1.25, ...samples.map(value));
  const end = samples.at(-1).second;
  const x = (second) => (LEFT + (second / end) * WIDTH).toFixed(1);
  const y = (amount) => (top + HEIGHT - (amount / most) * HEIGHT).toFixed(1);
  const line = samples.map((one) => `${x(one.second)},${y(value(one))}`).join(' ');
  return `<text x="${LEFT}" y="${top - 6}">${name}; limit ${limit} (red)</text>
<path d="M${LEFT} ${top}V${top + HEIGHT}H${LEFT + WIDTH}" fill="none" stroke="#888"/>
<text x="${LEFT - 6}" y="${y(most)}" text-anchor="end" dy="10">${most.toFixed(1)}</text>
<text x="${LEFT - 6}" y="${y(0)}" text-anchor="end">0</text>
<text x="${LEFT + WIDTH}" y="${top + HEIGHT + 15}" text-anchor="end">${(end / 60).toFixed(0)} min</text>
<path d="M${LEFT} ${y(limit)}H${LEFT + WIDTH}" stroke="red" stroke-dasharray="4"/>
<polyline points="${line}" fill="none" stroke="#06c"/>`;
}
